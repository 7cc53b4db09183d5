import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const minute = 60_000;
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
});
afterEach(() => application.dispose());

async function create(command: string, policies: TaskDraftInput['policies'] = {}): Promise<string> {
  const tasks = await application.tasks();
  const task = { name: `Task ${command}`, schedule: '* * * * *', tool: 'shell:run', timezone: 'UTC' };
  return (await tasks.create({ ...task, parameters: { command }, policies }, 'test')).task.id;
}
async function fired(): Promise<Execution[]> {
  return (await (await application.runs()).fire('every-min')).executions;
}
const recorded = () => application.ledger.list({ limit: 50, offset: 0 }).executions;
const fates = (taskId: string): string[] =>
  application.ledger.slots(taskId, '2026-01-01T00:00:00.000Z').map(({ state, reason }) => reason ?? state);

describe('a process that is asked to end while it fires a group', () => {
  it('cancels its runs, which is no failure of the task', async () => {
    const id = await create('sleep', { retries: { count: 3 }, pauseAfterFailures: 1 });
    application.clock.advance(minute);
    const firing = fired();
    await expect.poll(recorded).toMatchObject([{ status: 'running' }]);
    await application.stop();
    expect(await firing).toMatchObject([{ status: 'cancelled', error: { code: 'execution/quit' } }]);
    expect((await (await application.tasks()).get(id)).task.status).toBe('active');
  });

  it('gives up waiting for a retry, and keeps the failure', async () => {
    await create('false', { retries: { count: 3, delayMs: 60 * minute } });
    application.clock.advance(minute);
    const firing = fired();
    await expect.poll(recorded).toMatchObject([{ status: 'failure' }]);
    await application.stop();
    expect(await firing).toMatchObject([{ status: 'failure', attempt: 1 }]);
  });

  it('leaves a slot that waits for its jitter or for an earlier run to the next fire', async () => {
    const jittered = await create('true', { jitterMs: 10 * minute });
    const buffered = await create('sleep', { overlap: 'buffer-one' });
    const earlier = await (await application.runs()).start(buffered).catch((error: unknown) => error);
    expect(earlier).toMatchObject({ status: 'running' });
    application.clock.advance(minute);
    const firing = fired();
    await expect.poll(() => application.clock.pending().length).toBeGreaterThan(1);
    await application.stop();
    expect(await firing).toEqual([]);
    expect([fates(jittered), fates(buffered)]).toEqual([[], []]);
  });

  it('starts no task that would run after another one', async () => {
    const first = await create('sleep');
    await create('true', { after: [{ taskId: first, on: 'end' }] });
    await (await application.tasks()).pause((await (await application.tasks()).get('Task true')).task.id, {}, 'test');
    application.clock.advance(minute);
    const firing = fired();
    await expect.poll(recorded).toMatchObject([{ status: 'running' }]);
    await application.stop();
    expect((await firing).map(({ taskName }) => taskName)).toEqual(['Task sleep']);
  });

  it('starts nothing after that', async () => {
    const id = await create('true');
    await application.stop();
    application.clock.advance(minute);
    expect(await fired()).toEqual([]);
    expect(fates(id)).toEqual([]);
    const runs = await application.runs();
    await expect(runs.trigger(id, { trigger: 'manual' })).rejects.toMatchObject({ code: 'execution/refused' });
    expect(recorded()).toEqual([]);
  });
});
