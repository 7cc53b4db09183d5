import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TaskDraftInput } from '../../contract/task.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
});
afterEach(() => application.dispose());

async function create(draft: Partial<TaskDraftInput> = {}): Promise<string> {
  const base = { name: 'Digest', schedule: '0 9 * * *', tool: 'shell:run', parameters: { command: 'true' } };
  return (await (await application.tasks()).create({ ...base, timezone: 'UTC', ...draft }, 'test')).task.id;
}
/** A run of an agent that took two minutes. */
function ran(taskId: string, executionId: string, costUsd: number | null): void {
  const startedAt = '2026-11-23T11:00:00.000Z';
  application.ledger.start(
    anExecution({ executionId, taskId, tool: 'agent:run', slot: null, trigger: 'manual', startedAt }),
  );
  const result = { agent: 'claude-code', filesChanged: [], costUsd };
  application.ledger.finish(executionId, anOutcome({ completedAt: '2026-11-23T11:02:00.000Z', result }));
}
const usageOf = async (taskId: string) => (await (await application.tasks()).get(taskId)).usage;

it('a task that has not run has no forecast, and shows its budget', async () => {
  const id = await create({ policies: { budget: { perMonth: { cost: 5 } } } });
  expect(await usageOf(id)).toEqual({
    budgets: [{ agent: null, uses: [{ period: 'month', unit: 'cost', used: 0, limit: 5 }] }],
    forecast: null,
  });
});

it('the forecast follows from the slots of the next 30 days', async () => {
  const id = await create();
  ran(id, 'e1', 0.1);
  ran(id, 'e2', 0.3);
  expect(await usageOf(id)).toEqual({ budgets: [], forecast: { runs: 30, minutes: 60, cost: 6 } });
});

it.each<[string, Partial<TaskDraftInput>, number]>([
  ['days that calendars leave out', { policies: { calendars: { skipOn: ['weekends'] } } }, 22],
  ['slots after the end date', { endDate: '2026-11-26T00:00:00.000Z' }, 2],
  ['slots before the start date', { startDate: '2026-12-20T00:00:00.000Z' }, 4],
  ['slots of a paused task', { active: false }, 0],
])('the forecast leaves out %s', async (_what, draft, runs) => {
  const id = await create(draft);
  ran(id, 'e1', null);
  expect((await usageOf(id)).forecast).toMatchObject({ runs, cost: null });
});

it('the forecast of a task with many slots follows from its first day', async () => {
  const id = await create({ schedule: '* * * * *' });
  ran(id, 'e1', null);
  expect((await usageOf(id)).forecast).toMatchObject({ runs: 43_200 });
});
