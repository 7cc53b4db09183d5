import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aDoubt, anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryApplication, quietListener, type MemoryApplication } from '../../testing/memory-application.ts';
import { parseStrictly } from './testing/strict-parser.ts';

let application: MemoryApplication;
let taskId: string;

beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
  taskId = await create('Backup "home"', 'every day at 9am');
});
afterEach(() => application.dispose());

async function create(name: string, schedule: string): Promise<string> {
  const draft = { name, schedule, tool: 'shell:run', parameters: { command: 'true' } };
  return (await (await application.tasks()).create(draft, 'cli')).task.id;
}
const at = (instant: string): number => Date.parse(instant) / 1000;
/** Returns the values of a metric by its labels without those of the task. */
async function values(name: string, id: string | null = taskId): Promise<Record<string, number>> {
  const families = parseStrictly(await (await application.metrics()).text());
  const own = (families.get(name)?.samples ?? []).filter(({ labels }) => id === null || labels['task_id'] === id);
  return Object.fromEntries(
    own.map(({ labels: { task_id: _id, task: _task, ...others }, value }) => [Object.values(others).join(), value]),
  );
}
const value = async (name: string, id?: string | null): Promise<number | undefined> => (await values(name, id))[''];

describe('the metrics of a task', () => {
  it('are those of its schedule before it has run', async () => {
    expect(await value('ncp_task_active')).toBe(1);
    expect(await value('ncp_task_next_slot_timestamp_seconds')).toBe(at('2026-11-24T09:00:00.000Z'));
    expect(await value('ncp_task_last_success_timestamp_seconds')).toBeUndefined();
    expect(await values('ncp_task_last_run_status')).toEqual({});
    expect(await values('ncp_task_runs_total')).toMatchObject({ success: 0, failure: 0 });
  });

  it('tell its last run, its last success and how often each happened', async () => {
    const { ledger } = application;
    const run = (executionId: string, startedAt: string, outcome: Parameters<typeof anOutcome>[0]) => {
      ledger.start(anExecution({ executionId, taskId, startedAt, slot: null, trigger: 'catch-up' }));
      if (outcome !== undefined) ledger.finish(executionId, anOutcome(outcome));
    };
    run('e1', '2026-11-22T09:00:00.000Z', { completedAt: '2026-11-22T09:00:02.500Z', doubt: aDoubt });
    run('e2', '2026-11-23T09:00:00.000Z', { status: 'failure', completedAt: '2026-11-23T09:01:30.000Z' });
    run('e3', '2026-11-23T10:00:00.000Z', undefined);
    expect(await values('ncp_task_last_run_status')).toEqual({
      ...{ success: 0, failure: 1, timeout: 0, cancelled: 0, interrupted: 0 },
    });
    expect(await value('ncp_task_last_run_duration_seconds')).toBe(90);
    expect(await value('ncp_task_last_run_timestamp_seconds')).toBe(at('2026-11-23T09:00:00.000Z'));
    expect(await value('ncp_task_last_success_timestamp_seconds')).toBe(at('2026-11-22T09:00:02.500Z'));
    expect(await value('ncp_task_failures_in_a_row')).toBe(1);
    expect(await values('ncp_task_runs_total')).toMatchObject({ success: 1, failure: 1, timeout: 0 });
    expect(await value('ncp_task_doubtful_runs_total')).toBe(1);
    expect(await value('ncp_task_last_run_doubtful')).toBe(0);
    expect(await value('ncp_task_running')).toBe(1);
    expect(await value('ncp_runs_running', null)).toBe(1);
  });

  it('never count down when old runs are deleted', async () => {
    const { ledger } = application;
    for (let index = 0; index < 6; index += 1) {
      ledger.start(anExecution({ executionId: `e${index}`, taskId, slot: null, trigger: 'manual' }));
      ledger.finish(`e${index}`, anOutcome());
    }
    // The application in memory keeps two runs of each task.
    expect((await (await application.retention()).run()).executions).toBe(4);
    expect(await values('ncp_task_runs_total')).toMatchObject({ success: 6 });
  });

  it('count slots that were missed and wait', async () => {
    const { ledger } = application;
    const slot = (day: number) => `2026-11-${day}T09:00:00.000Z`;
    const missed = (day: number) => ({
      taskId,
      slot: slot(day),
      reason: 'missed' as const,
      detail: null,
      at: slot(23),
    });
    ledger.decide([missed(10), missed(21), missed(22)]);
    ledger.setWait({ taskId, slot: slot(23), reason: 'overlap', owner: { pid: 1, startedAt: '1' } });
    expect(await value('ncp_task_missed_slots')).toBe(2);
    expect(await value('ncp_task_slots_waiting')).toBe(1);
    expect(await values('ncp_slots_waiting', null)).toEqual({ jitter: 0, overlap: 1, turn: 0 });
  });

  it('have no next slot while the task or everything is paused', async () => {
    const tasks = await application.tasks();
    await tasks.pause(taskId, {}, 'cli');
    expect(await value('ncp_task_active')).toBe(0);
    expect(await value('ncp_task_next_slot_timestamp_seconds')).toBeUndefined();
    expect(await values('ncp_tasks', null)).toEqual({ active: 0, paused: 1, completed: 0, error: 0 });
    await tasks.resume(taskId, 'cli');
    tasks.pauseAll({}, 'cli');
    expect(await value('ncp_schedules_paused', null)).toBe(1);
    expect(await value('ncp_task_active')).toBe(0);
  });

  it('are bounded: the oldest thousand tasks have them, and the rest is counted', async () => {
    const [first] = Object.values(application.store.read().tasks);
    application.store.update((draft) => {
      for (let index = 0; index < 1005; index += 1) {
        const createdAt = new Date(Date.UTC(2027, 0, 1, 0, 0, index)).toISOString();
        if (first === undefined) continue;
        draft.tasks[`more-${index}`] = { ...structuredClone(first), id: `more-${index}`, createdAt };
        draft.timings[first.timingId]?.taskIds.push(`more-${index}`);
      }
    });
    const families = parseStrictly(await (await application.metrics()).text());
    const active = families.get('ncp_task_active')?.samples ?? [];
    expect(active).toHaveLength(1000);
    expect(active.some(({ labels }) => labels['task_id'] === taskId)).toBe(true);
    expect(families.get('ncp_tasks_unlisted')?.samples[0]?.value).toBe(6);
  });
});

describe('the file of the metrics', () => {
  const file = () => application.outside.published.get('/srv/ncp.prom');

  it('is written by a process that runs a task without the app', async () => {
    application.settings.update({ metricsFile: '/srv/ncp.prom' });
    await (await application.runs()).trigger(taskId, { trigger: 'manual' });
    expect(file()?.readers).toBe('everyone');
    expect(file()?.content).toMatch(/ncp_task_runs_total\{[^}]*status="success"\} 1\n/);
  });

  it('is kept up to date by the process that leads, also while it stops', async () => {
    application.settings.update({ metricsFile: '/srv/ncp.prom' });
    const primary = await application.lead({ listener: quietListener, show: () => undefined });
    primary.start();
    await (
      await application.tasks()
    ).create({ name: 'Later', schedule: 'every hour', tool: 'shell:run', parameters: { command: 'true' } }, 'cli');
    await primary.stop();
    expect(file()?.content).toContain('task="Later"');
  });
});
