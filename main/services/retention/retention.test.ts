import { describe, expect, it } from 'vitest';
import { alertFilterSchema } from '../../contract/alerts/outbox.ts';
import type { Settings } from '../../contract/settings.ts';
import type { LogRemoval } from '../../ports/log-removal.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { anAlert, anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memorySettings } from '../../testing/memory-settings.ts';
import { Retention } from './retention.ts';

const dayMs = 86_400_000;

function fixture(settings: Partial<Settings> = {}) {
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const ledger = memoryLedger();
  const deleted: string[] = [];
  const stray: { path: string; executionId: string }[] = [];
  const logs: LogRemoval = {
    remove: (paths) => {
      deleted.push(...paths);
      return paths.filter((path) => path.includes('stuck')).map((path) => ({ path, message: 'busy' }));
    },
    writtenBefore: () => ({ logs: stray, failures: [] }),
  };
  const said: string[] = [];
  const say = (message: string) => {
    said.push(message);
  };
  const removed: string[] = [];
  const store = memorySettings(settings);
  const retention = new Retention({
    ledger,
    settings: store,
    logs,
    clock,
    logger: { info: say, warn: say, error: say },
    onRemoved: (ids) => removed.push(...ids),
  });
  const executed = (executionId: string, daysAgo: number, change = {}, logBytes = 10) => {
    const startedAt = new Date(clock.now() - daysAgo * dayMs).toISOString();
    const logPath = `/logs/${executionId}.log`;
    ledger.start(anExecution({ executionId, startedAt, slot: null, logPath, ...change }));
    ledger.finish(executionId, anOutcome({ completedAt: startedAt, logBytes }));
  };
  return { clock, ledger, deleted, stray, said, removed, settings: store, retention, executed };
}

describe('retention', () => {
  it('keeps the newest runs of each task and none that is too old, and deletes the logs of removed runs', async () => {
    const { retention, executed, ledger, deleted, removed } = fixture({
      maxExecutionsPerJob: 2,
      maxExecutionAgeDays: 7,
    });
    for (const days of [1, 2, 3]) executed(`a${days}`, days);
    executed('b1', 1, { taskId: 't2' });
    executed('b8', 8, { taskId: 't2' });
    expect(await retention.run()).toEqual({
      executions: 2,
      logs: 0,
      strayLogs: 0,
      slots: 0,
      changes: 0,
      alerts: 0,
      failures: [],
    });
    expect(removed.sort()).toEqual(['a3', 'b8']);
    expect(deleted.sort()).toEqual(['/logs/a3.log', '/logs/b8.log']);
    expect(ledger.get('a2')).not.toBeNull();
    expect(ledger.runState(['t1']).get('t1')?.executionCount).toBe(3);
  });

  it('keeps every run if they may be as old as anything', async () => {
    const { retention, executed, ledger } = fixture({ maxExecutionAgeDays: Number.MAX_SAFE_INTEGER });
    executed('a', 20_000);
    expect(await retention.run()).toMatchObject({ executions: 0, failures: [] });
    expect(ledger.get('a')).not.toBeNull();
  });

  it('removes alerts that were sent as long ago as runs are kept, and none that waits', async () => {
    const { retention, ledger, clock } = fixture({ maxExecutionAgeDays: 7 });
    const at = (daysAgo: number) => new Date(clock.now() - daysAgo * dayMs).toISOString();
    for (const [id, daysAgo] of [
      ['old', 8],
      ['new', 6],
    ] as const) {
      ledger.addAlerts([anAlert({ event: { id } })]);
      ledger.dropAlerts('ops', at(daysAgo), 'the channel was removed');
    }
    ledger.addAlerts([anAlert({ event: { id: 'waits' } })]);
    expect(await retention.run()).toMatchObject({ alerts: 1 });
    const { alerts } = ledger.alerts(alertFilterSchema.parse({}));
    expect(alerts.map(({ id }) => id)).toEqual(['waits', 'new']);
  });

  it('never touches a running execution, however old', async () => {
    const { retention, ledger, deleted } = fixture({ maxExecutionsPerJob: 1, maxLogBytes: 1 });
    ledger.start(anExecution({ startedAt: '2020-01-01T00:00:00.000Z' }));
    await retention.run();
    expect(ledger.running()).toHaveLength(1);
    expect(deleted).toEqual([]);
  });

  it('deletes the oldest logs if their total is over the limit, and keeps the executions', async () => {
    const { retention, executed, ledger, deleted } = fixture({ maxLogBytes: 250 });
    for (const days of [1, 2, 3]) executed(`a${days}`, days, {}, 100);
    expect(await retention.run()).toMatchObject({ executions: 0, logs: 1 });
    expect(deleted).toEqual(['/logs/a3.log']);
    expect(ledger.get('a3')).toMatchObject({ logPath: null });
  });

  it('deletes old logs that belong to no execution', async () => {
    const { retention, executed, deleted, stray } = fixture();
    executed('a1', 1);
    stray.push({ path: '/logs/a1.log', executionId: 'a1' }, { path: '/logs/lost.log', executionId: 'lost' });
    expect(await retention.run()).toMatchObject({ strayLogs: 1 });
    expect(deleted).toEqual(['/logs/lost.log']);
  });

  it('removes slots after 60 days, but not the latest of a task', async () => {
    const { retention, ledger, clock } = fixture();
    const decide = (daysAgo: number) => {
      const slot = new Date(clock.now() - daysAgo * dayMs).toISOString();
      ledger.decide([{ taskId: 't1', slot, reason: 'paused', detail: null, at: slot }]);
    };
    for (const days of [90, 80, 70]) decide(days);
    expect(await retention.run()).toMatchObject({ slots: 2 });
    decide(59);
    expect(await retention.run()).toMatchObject({ slots: 1 });
  });

  it('reports which logs could not be deleted', async () => {
    const { retention, executed } = fixture({ maxExecutionAgeDays: 1 });
    executed('stuck', 2);
    expect((await retention.run()).failures).toEqual([{ path: '/logs/stuck.log', message: 'busy' }]);
  });

  it('removes many executions in several transactions', async () => {
    const { retention, executed, removed } = fixture({ maxExecutionAgeDays: 1 });
    for (let n = 0; n < 450; n += 1) executed(`e${n}`, 2);
    expect(await retention.run()).toMatchObject({ executions: 450 });
    expect(removed).toHaveLength(450);
  });
});

describe('retention on its own schedule', () => {
  // Retention lets other work run between its steps.
  const settled = async () => {
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const runs = ({ ledger }: ReturnType<typeof fixture>) => ledger.mark('retention');

  it('runs at the first start, then at each slot of cleanupSchedule', async () => {
    const test = fixture({ cleanupSchedule: '0 13 * * *' });
    test.retention.start();
    await settled();
    expect(test.said).toEqual([]);
    expect(runs(test)).toBe('2026-11-23T12:00:00.000Z');
    test.clock.advance(0.9 * 3_600_000);
    await settled();
    expect(runs(test)).toBe('2026-11-23T12:00:00.000Z');
    test.clock.advance(0.2 * 3_600_000);
    await settled();
    expect(runs(test)).toBe('2026-11-23T13:00:00.000Z');
    test.retention.stop();
    expect(test.clock.pending()).toEqual([]);
  });

  it('runs at start if a scheduled time passed while the app was not running, and only then', async () => {
    const test = fixture();
    test.ledger.setMark('retention', '2026-11-23T00:00:00.000Z');
    test.retention.start();
    await settled();
    expect(runs(test)).toBe('2026-11-23T00:00:00.000Z');
    test.retention.stop();
    test.ledger.setMark('retention', '2026-11-22T00:00:00.000Z');
    test.retention.start();
    await settled();
    expect(runs(test)).toBe('2026-11-23T12:00:00.000Z');
  });

  it('follows the settings: off, another schedule, a broken one', async () => {
    const test = fixture({ enableAutoCleanup: false });
    test.retention.start();
    test.clock.advance(10 * 60_000);
    await settled();
    expect(runs(test)).toBeNull();
    test.settings.update({ enableAutoCleanup: true, cleanupSchedule: 'now and then' });
    test.clock.advance(10 * 60_000);
    await settled();
    expect(runs(test)).toBe('2026-11-23T12:11:00.000Z');
    expect(test.said).toEqual([expect.stringContaining('cleanupSchedule is invalid')]);
  });
});
