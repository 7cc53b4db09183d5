import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InsightOrder } from '../../contract/insights.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

const now = Date.parse('2026-11-23T12:00:10.000Z');
const hourMs = 3_600_000;
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-01T12:00:10.000Z');
});
afterEach(() => application.dispose());

const hourly = { schedule: 'every hour', timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } };

/** Creates a task on 1 November, three weeks before now. */
async function create(name: string): Promise<string> {
  const { task } = await (await application.tasks()).create({ ...hourly, name }, 'test');
  return task.id;
}

interface Run {
  readonly status?: 'success' | 'failure';
  readonly trigger?: 'schedule' | 'test';
  readonly tookMs?: number;
  readonly logBytes?: number;
  readonly cpuMs?: number;
  readonly memory?: number;
}

/** Records runs that started an hour apart, the last of them an hour ago. @param runs oldest first */
function ran(taskId: string, runs: readonly Run[]): void {
  for (const [index, run] of runs.entries()) {
    const startMs = now - (runs.length - index) * hourMs;
    const executionId = `${taskId}-${index}`;
    application.ledger.start({
      ...{ executionId, taskId, taskName: taskId, timingId: 'hourly', tool: 'shell:run', parameters: {} },
      ...{ trigger: run.trigger ?? 'schedule', slot: null, attempt: 1, startedAt: new Date(startMs).toISOString() },
      ...{ logPath: null, owner: { pid: 1, startedAt: 'memory' } },
    });
    application.ledger.finish(executionId, {
      ...{ status: run.status ?? 'success', completedAt: new Date(startMs + (run.tookMs ?? 2000)).toISOString() },
      ...{ exitCode: 0, signal: null, result: null, error: null, logBytes: run.logBytes ?? 1000 },
      ...{ peakMemoryBytes: run.memory ?? null, cpuMs: run.cpuMs ?? null },
    });
  }
}

const times = (count: number, run: Run = {}): Run[] => Array.from({ length: count }, () => run);
const failed: Run = { status: 'failure' };

async function insights({ days = 30, order = 'findings' }: { days?: number; order?: InsightOrder } = {}) {
  application.clock.set(new Date(now).toISOString());
  const since = new Date(now - days * 24 * hourMs).toISOString();
  return (await application.reports()).insights({ since, order });
}
const findings = async () =>
  (await insights()).tasks.map(({ taskName, hints }) => [taskName, ...hints.map(({ kind }) => kind)]);

describe('what is unusual about tasks', () => {
  it('comes first, the worst at the top, and a task about which nothing is unusual at the end', async () => {
    ran(await create('Usual'), times(20));
    ran(await create('Shorter'), [...times(12), { logBytes: 10 }]);
    ran(await create('Slower'), [...times(12), ...times(3, { tookMs: 9000 })]);
    ran(await create('Flaky'), [{}, failed, {}, failed, {}, failed, {}]);
    await create('Never');
    ran(await create('Broken'), times(3, failed));
    expect(await findings()).toEqual([
      ['Broken', 'always-fails'],
      ['Never', 'never-ran'],
      ['Flaky', 'flaky'],
      ['Slower', 'slower'],
      ['Shorter', 'short-log'],
      ['Usual'],
    ]);
    expect(await insights()).toMatchObject({ total: 6, found: 5 });
  });

  it('is what the page of the task says', async () => {
    const id = await create('Slower');
    ran(id, [...times(12), ...times(3, { tookMs: 9000 })]);
    const [row] = (await insights({ days: 1 })).tasks;
    expect(row?.hints).toEqual((await application.reports()).task(id).hints);
  });

  it('is not said of a paused task, nor of one that did not run in the period', async () => {
    const paused = await create('Paused');
    ran(paused, times(3, failed));
    await (await application.tasks()).pause(paused, {}, 'test');
    expect(await findings()).toEqual([['Paused']]);
    ran(await create('Broken'), times(3, failed));
    application.clock.set(new Date(now).toISOString());
    const since = new Date(now).toISOString();
    expect((await (await application.reports()).insights({ since, order: 'findings' })).tasks).toEqual([]);
  });
});

describe('what tasks cost', () => {
  it('adds up the runs of the period, test runs apart, and averages over its days', async () => {
    const id = await create('Backup');
    ran(id, [
      { tookMs: 60_000, cpuMs: 1000, memory: 5_000_000 },
      { tookMs: 120_000, cpuMs: 3000, memory: 9_000_000, status: 'failure' },
      { tookMs: 900_000, trigger: 'test', memory: 99_000_000 },
    ]);
    const [row] = (await insights({ days: 2 })).tasks;
    expect(row).toMatchObject({ runs: 2, failures: 1, runsPerDay: 1, busyMsPerDay: 90_000, cpuMsPerDay: 2000 });
    expect(row).toMatchObject({ peakMemoryBytes: 9_000_000, latestId: `${id}-1` });
  });

  it('knows only the days whose runs were kept, and says null for what was not measured', async () => {
    const id = await create('Minutely');
    ran(id, times(24));
    // Twelve hours of runs are left.
    application.ledger.removeExecutions(Array.from({ length: 12 }, (_, index) => `${id}-${index}`));
    const [row] = (await insights()).tasks;
    expect(row).toMatchObject({ runs: 12, cpuMsPerDay: null, peakMemoryBytes: null });
    expect(row?.runsPerDay).toBeCloseTo(24, 5);
  });

  it('counts runs from before the task was made, which another scheduler recorded', async () => {
    application.clock.set(new Date(now - 2 * hourMs).toISOString());
    const id = await create('Imported');
    ran(id, times(48));
    const [row] = (await insights()).tasks;
    expect(row?.runsPerDay).toBeCloseTo(24, 5);
  });

  it('can be the order', async () => {
    ran(await create('Slow'), times(2, { tookMs: 90_000, cpuMs: 10 }));
    ran(await create('Busy'), times(2, { tookMs: 1000, cpuMs: 900, memory: 10 }));
    ran(await create('Often'), times(9, { tookMs: 10, memory: 500 }));
    const first = async (order: InsightOrder) => (await insights({ order })).tasks[0]?.taskName;
    expect(await first('time')).toBe('Slow');
    expect(await first('cpu')).toBe('Busy');
    expect(await first('memory')).toBe('Often');
    expect(await first('runs')).toBe('Often');
  });
});

it('the minutes in which runs start together are found, test runs apart', async () => {
  ran(await create('One'), times(3));
  ran(await create('Two'), times(2));
  ran(await create('Three'), times(2));
  ran(await create('Tried'), times(3, { trigger: 'test' }));
  expect((await insights()).busiest).toEqual([
    { minute: 600, most: 3, at: '2026-11-23T10:00:00.000Z', starts: 3 },
    { minute: 660, most: 3, at: '2026-11-23T11:00:00.000Z', starts: 3 },
  ]);
});
