import { afterEach, beforeEach, expect, it } from 'vitest';
import { importOptionsSchema } from '../../contract/transfer.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import type { TaskOperations } from '../../application/operations.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
let tasks: TaskOperations;
beforeEach(async () => {
  application = memoryApplication();
  tasks = await application.tasks();
});
afterEach(() => application.dispose());

const create = async (change: Partial<TaskDraftInput> = {}) => {
  const shell = { timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } };
  return tasks.create({ name: 'Deploy', schedule: 'on demand', ...shell, ...change }, 'test');
};
const trigger = async (id: string) => (await application.runs()).trigger(id, { trigger: 'manual' });

it('a task on demand is in a group without entry, and has no next run', async () => {
  const { task, timing, nextRuns } = await create();
  expect(timing).toMatchObject({ id: 'on-demand', sentence: 'Only on demand', osEntry: { state: 'not-needed' } });
  expect([nextRuns, application.os.installed.size]).toEqual([[], 0]);
  expect((await application.reports()).task(task.id).next).toEqual([]);
  await expect(tasks.skipNext(task.id, 'test')).rejects.toThrow('"Deploy" runs only on demand');
});

it('says which policies have no effect on it, and nothing of a missing OS scheduler', async () => {
  application.settings.update({ osScheduler: 'in-process' });
  const { warnings } = await create({ policies: { catchUp: 'all', jitterMs: 1000, overlap: 'buffer-all', nice: 5 } });
  expect(warnings).toEqual([
    'A task on demand has no slots, so these settings of the task have no effect: catch-up, jitter and overlap.',
  ]);
  expect((await create({ name: 'Other' })).warnings).toEqual([]);
});

it('it runs when it is started and stays active, also past its end date', async () => {
  const { task } = await create({ endDate: '2100-01-01T00:00:00.000Z' });
  expect((await trigger(task.id)).status).toBe('success');
  expect((await trigger(task.id)).status).toBe('success');
  expect((await tasks.get(task.id)).task).toMatchObject({ status: 'active', executionCount: 2 });
});

it('nothing is ever due: not when its group is fired, not as a catch-up', async () => {
  const { task } = await create({ policies: { catchUp: 'all' } });
  application.clock.set('2150-01-01T00:00:00.000Z');
  expect((await (await application.runs()).fire(task.timingId)).executions).toEqual([]);
  expect((await application.slots()).why(task.id, '2026-01-01T00:00:00.000Z')).toEqual([]);
  expect((await tasks.get(task.id)).task.status).toBe('active');
});

it('it runs after another task', async () => {
  const first = await create({ name: 'Build' });
  const after = [{ taskId: first.task.id, on: 'success' as const }];
  const { task } = await create({ policies: { after } });
  await trigger(first.task.id);
  expect((await tasks.get(task.id)).task.executionCount).toBe(1);
});

it('a schedule can be given and removed, and both can be undone', async () => {
  const { task } = await create();
  const timed = await tasks.update(task.id, { schedule: 'every day at 9' }, 'test');
  expect(timed.task).toMatchObject({ cronExpression: '0 9 * * *', timingId: 'daily-9am' });
  expect(timed.task).not.toHaveProperty('scheduleRule');
  expect(application.os.installed.size).toBe(1);
  await tasks.update(task.id, { schedule: 'manually' }, 'test');
  expect(application.os.installed.size).toBe(0);
  const history = await application.history();
  const [change] = history.list({ limit: 1 });
  await history.undo(change?.id ?? 0, 'test');
  expect((await tasks.get(task.id)).task.timingId).toBe('daily-9am');
  expect(application.os.installed.size).toBe(1);
});

it('it is exported and imported as it is', async () => {
  await create();
  const { document } = (await application.transfer()).exported({ withSecrets: false });
  const other = memoryApplication();
  try {
    const transfer = await other.transfer();
    const source = await transfer.readContent(Buffer.from(JSON.stringify(document)), 'export.json', null);
    await transfer.apply(source, importOptionsSchema.parse({}), 'test');
    const [task] = (await other.tasks()).list();
    expect(task).toMatchObject({ name: 'Deploy', timingId: 'on-demand', scheduleRule: { events: [] } });
    expect(other.os.installed.size).toBe(0);
  } finally {
    other.dispose();
  }
});

it('no other scheduler can run it', async () => {
  const { task } = await create();
  await expect(
    (await application.entries()).preview('systemd', { kind: 'on-demand', timezone: 'UTC' }),
  ).rejects.toMatchObject({ code: 'os/no-entry' });
  expect(task.createdAt).toBeDefined();
});
