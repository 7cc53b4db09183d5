import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
let id: string;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
  const schedule = { schedule: '2026-11-23T12:30:00Z', timezone: 'UTC' };
  const work = { name: 'Once', tool: 'shell:run', parameters: { command: 'true' } };
  id = (await (await application.tasks()).create({ ...work, ...schedule }, 'test')).task.id;
});
afterEach(() => application.dispose());

const task = async () => (await (await application.tasks()).get(id)).task;
const fireAt = async (instant: string) => {
  application.clock.set(instant);
  return (await (await application.runs()).fire((await task()).timingId)).executions;
};

describe('a one-off task without a catch-up policy', () => {
  it('runs late, and the slot says how late', async () => {
    expect(await fireAt('2026-11-23T14:00:00.000Z')).toMatchObject([{ trigger: 'catch-up', status: 'success' }]);
    const [slot] = (await application.slots()).why(id, '2026-11-23T12:00:00.000Z');
    expect(slot).toMatchObject({ state: 'claimed', detail: 'started 1 h 30 min late' });
    expect((await task()).status).toBe('completed');
  });

  it('does not run later than the catch-up window', async () => {
    expect(await fireAt('2026-11-24T12:31:00.000Z')).toEqual([]);
    expect((await application.slots()).why(id, '2026-11-23T12:00:00.000Z')).toMatchObject([
      { reason: 'catch-up-window' },
    ]);
  });
});
