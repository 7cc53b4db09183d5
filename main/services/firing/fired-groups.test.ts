import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Primary } from '../../application/running/primary.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { memoryApplication, quietListener, type MemoryApplication } from '../../testing/memory-application.ts';

const minute = 60_000;
const group = 'every-min';
let application: MemoryApplication;
let primary: Primary;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
  primary = await application.lead({ listener: quietListener, show: () => undefined });
});
afterEach(async () => {
  await primary.stop();
  application.dispose();
});

async function create(name: string, command: string, policies: TaskDraftInput['policies'] = {}): Promise<string> {
  const base = { name, schedule: '* * * * *', tool: 'shell:run', parameters: { command }, timezone: 'UTC' };
  return (await (await application.tasks()).create({ ...base, policies }, 'test')).task.id;
}
const firedAt = (): string | null => {
  const atMs = application.outside.fired.get(group);
  return atMs === undefined ? null : new Date(atMs).toISOString();
};
const fates = (taskId: string): string[] =>
  application.ledger.slots(taskId, '2026-01-01T00:00:00.000Z').map(({ state, reason }) => reason ?? state);

it('a fire is noted for the OS entry once every slot of the group is in the ledger', async () => {
  const id = await create('Quick', 'true');
  primary.start();
  application.clock.advance(minute);
  await expect.poll(firedAt).toBe('2026-11-23T12:01:00.000Z');
  expect(fates(id)).toEqual(['claimed']);
});

it('a slot that waits for the run before it is not noted: it would be lost with the process', async () => {
  await create('Long', 'sleep', { overlap: 'buffer-all' });
  primary.start();
  application.clock.advance(minute);
  await expect.poll(() => application.ledger.running().length).toBe(1);
  application.clock.advance(minute);
  await expect.poll(() => application.ledger.waits()).toMatchObject([{ slot: '2026-11-23T12:02:00.000Z' }]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(firedAt()).toBe('2026-11-23T12:01:00.000Z');
});

it('a slot that gives way to the run before it counts', async () => {
  const id = await create('Long', 'sleep', { overlap: 'skip' });
  primary.start();
  application.clock.advance(minute);
  await expect.poll(() => application.ledger.running().length).toBe(1);
  application.clock.advance(minute);
  await expect.poll(firedAt).toBe('2026-11-23T12:02:00.000Z');
  expect(fates(id)).toEqual(['claimed', 'overlap']);
});

it('a slot that the ledger did not take is not noted, so the OS entry starts the program', async () => {
  await create('Unlucky', 'true');
  primary.start();
  await expect.poll(firedAt).toBe('2026-11-23T12:00:00.000Z');
  const { claimAll } = application.ledger;
  let refused = 0;
  Object.assign(application.ledger, {
    claimAll: () => {
      refused += 1;
      throw new Error('The disk is full.');
    },
  });
  application.clock.advance(minute);
  await expect.poll(() => refused).toBeGreaterThan(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(firedAt()).toBe('2026-11-23T12:00:00.000Z');
  Object.assign(application.ledger, { claimAll });
});
