import { TimingFacts } from '../schedule/timing-facts.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import { policyDefaults } from '../../contract/policy-defaults.ts';
import type { NotificationContent } from '../../ports/desktop.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memorySettings } from '../../testing/memory-settings.ts';
import { memoryStore, type MemoryStore } from '../../testing/memory-store.ts';
import { SlotPlanner } from '../schedule/slot-planner.ts';
import { RunNotifications } from './notifications.ts';

const start = '2026-11-23T09:00:00.000Z';

let clock: FakeClock;
let ledger: Ledger;
let store: MemoryStore;
let settings: ReturnType<typeof memorySettings>;
let shown: NotificationContent[];
let withdrawn: string[];
let notifications: RunNotifications;
let runs: number;

beforeEach(() => {
  clock = fakeClock(start);
  ledger = memoryLedger();
  store = memoryStore();
  settings = memorySettings();
  [shown, withdrawn, runs] = [[], [], 0];
  store.update((file) => {
    addTask(file, { id: 't1', name: 'Backup' });
    addTask(file, { id: 't2', name: 'Sync' });
    addTask(file, { id: 't3', name: 'Retrying', policies: { retries: { count: 1 } } });
    addTask(file, { id: 't4', name: 'Careful', policies: { pauseAfterFailures: 2 } });
  });
  notifications = made();
});

/** Simulates a start of the app. The ledger contains which notifications were shown. */
function made(): RunNotifications {
  const planner = new SlotPlanner({ ledger, clock, defaults: () => ({ ...policyDefaults, timeoutMs: 1000 }) });
  const notifier = {
    notify: (content: NotificationContent) => {
      shown.push(content);
      return Promise.resolve(true);
    },
    withdraw: (key: string) => void withdrawn.push(key),
  };
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const facts = new TimingFacts({ clock: () => '24h', machineTimezone: () => 'UTC' });
  const made = new RunNotifications({ store, ledger, clock, settings, planner, facts, notifier, logger });
  planner.watch((slots) => made.slotsSettled(slots));
  return made;
}

interface Run {
  readonly status?: 'success' | 'failure' | 'timeout' | 'cancelled' | 'skipped';
  readonly result?: unknown;
  readonly code?: string;
  readonly exitCode?: number;
  readonly trigger?: Execution['trigger'];
  readonly attempt?: number;
  readonly slot?: string;
}

/** Adds a run of a task, without a notification so far, to the ledger. */
function run(taskId: string, { status = 'failure', code, exitCode = 1, trigger = 'schedule', ...rest }: Run = {}) {
  clock.advance(1000);
  runs += 1;
  const executionId = `e${runs}`;
  const at = clock.nowIso();
  const taskName = store.read().tasks[taskId]?.name ?? taskId;
  const slot = rest.slot ?? start;
  ledger.start(
    anExecution({ executionId, taskId, taskName, trigger, startedAt: at, slot, attempt: rest.attempt ?? 1 }),
  );
  const error =
    status === 'success' || status === 'skipped'
      ? null
      : { code: code ?? 'shell/exit-code', message: `It ended badly (${status}).` };
  const outcome = {
    status,
    completedAt: at,
    error,
    result: rest.result ?? null,
    exitCode: status === 'success' ? 0 : exitCode,
  };
  ledger.finish(executionId, anOutcome(outcome));
  return ledger.get(executionId) as Execution;
}

function told(...executions: Execution[]): string[] {
  const before = shown.length;
  notifications.executionsChanged(executions);
  clock.advance(1000);
  return shown.slice(before).map(({ title }) => title);
}

describe('a change that a task only tells', () => {
  const diff = '--- previous\n+++ current\n@@ -1,1 +1,1 @@\n-v1\n+v2\n';
  const change = { status: 'success', result: { change: { diff, added: 1, removed: 1 } } } as const;

  it('gets one notification with what is gone and what is new', () => {
    const ended = run('t1', change);
    expect(told(ended)).toEqual(['Backup has changed']);
    expect(shown[0]).toMatchObject({ body: '-v1\n+v2', target: { view: 'execution', executionId: ended.executionId } });
    expect(told(ended)).toEqual([]);
  });

  it('gets none if a person ran the task, if nothing changed, or if the setting is off', () => {
    expect(told(run('t1', { ...change, trigger: 'manual' }))).toEqual([]);
    expect(told(run('t1', { status: 'success', result: { change: { diff: '', added: 0, removed: 0 } } }))).toEqual([]);
    settings.update({ notifyOnChange: false });
    expect(told(run('t1', change))).toEqual([]);
  });

  it('is no failure to look without one, and ends an earlier failure', () => {
    expect(told(run('t1', { status: 'skipped' }))).toEqual([]);
    expect(told(run('t1'), run('t2', { status: 'skipped' }))).toEqual(['Backup failed']);
    expect(told(run('t1', { status: 'skipped' }))).toEqual(['Backup works again']);
  });
});

describe('a failure', () => {
  it('gets a notification with its reason, its log as the target and its actions', () => {
    const failure = run('t1');
    expect(told(failure)).toEqual(['Backup failed']);
    expect(shown[0]).toMatchObject({
      body: 'It ended badly (failure).',
      target: { view: 'execution', executionId: failure.executionId },
      taskIds: ['t1'],
      urgency: 'normal',
    });
    expect(shown[0]?.buttons.map(({ label }) => label)).toEqual(['Re-run', 'Snooze for an hour', 'Pause']);
  });

  it('gets one notification for each cause', () => {
    expect(told(run('t1'))).toHaveLength(1);
    expect(told(run('t1'))).toEqual([]);
    expect(told(run('t1', { exitCode: 2 }))).toEqual(['Backup failed']);
    expect(told(run('t1', { exitCode: 2, status: 'timeout' }))).toEqual(['Backup timed out']);
  });

  it('gets no second notification after a restart', () => {
    told(run('t1'));
    notifications.close();
    notifications = made();
    expect(told(run('t1'))).toEqual([]);
  });

  it('gets no notification if a person watched or stopped it', () => {
    expect(told(run('t1', { trigger: 'manual' }), run('t1', { trigger: 'test' }))).toEqual([]);
    expect(told(run('t1', { status: 'cancelled' }))).toEqual([]);
  });

  it('gets a notification only if no retry follows', () => {
    expect(told(run('t3'))).toEqual([]);
    expect(told(run('t3', { trigger: 'retry', attempt: 2 }))).toEqual(['Retrying failed']);
  });

  it('gets no notification while the setting is off, nor later', () => {
    settings.update({ notifyOnFailure: false });
    expect(told(run('t1'))).toEqual([]);
    settings.update({ notifyOnFailure: true });
    expect(told(run('t1'))).toEqual([]);
  });

  it('shares one growing notification with the others of its group and slot', () => {
    expect(told(run('t1'), run('t2'))).toEqual(['2 tasks of “Every day at 9:00” failed']);
    expect(shown[0]).toMatchObject({ body: 'Backup, Sync', taskIds: ['t1', 't2'], target: { view: 'overview' } });
    told(run('t4'));
    expect(shown[1]).toMatchObject({ key: shown[0]?.key, title: '3 tasks of “Every day at 9:00” failed' });
  });
});

describe('a recovery', () => {
  it('gets a notification at the first success after a failure, and withdraws that of the failure', () => {
    told(run('t1'));
    expect(told(run('t1', { status: 'success' }))).toEqual(['Backup works again']);
    expect(withdrawn).toEqual([shown[0]?.key]);
    expect(told(run('t1', { status: 'success' }))).toEqual([]);
    expect(told(run('t1'))).toEqual(['Backup failed']);
  });

  it('gets a notification after a restart too', () => {
    told(run('t1'));
    notifications.close();
    notifications = made();
    expect(told(run('t1', { status: 'success' }))).toEqual(['Backup works again']);
  });

  it('gets no notification for a manual re-run, but counts', () => {
    told(run('t1'));
    expect(told(run('t1', { status: 'success', trigger: 'manual' }))).toEqual([]);
    expect(told(run('t1', { status: 'success' }))).toEqual([]);
  });

  it('gets no notification while the setting is off', () => {
    settings.update({ notifyOnRecovery: false });
    told(run('t1'));
    expect(told(run('t1', { status: 'success' }))).toEqual([]);
  });
});

describe('a pause after failures', () => {
  const pause = (author: string) => {
    const at = clock.nowIso();
    store.update((file) =>
      Object.assign(file.tasks['t4'] ?? {}, { status: 'paused', pauseNote: 'Twice.', updatedAt: at }),
    );
    ledger.audit({ at, author, action: 'task.pause', taskId: 't4', before: null, after: null });
    notifications.scheduleChanged();
  };

  it('gets one notification instead of the failure that caused it, even across a restart', () => {
    const last = run('t4');
    notifications.executionsChanged([last]);
    pause('scheduler');
    clock.advance(1000);
    expect(shown).toMatchObject([
      { title: 'Careful is paused', body: 'Twice.', target: { view: 'execution', executionId: last.executionId } },
    ]);
    expect(shown[0]?.buttons.map(({ label }) => label)).toEqual(['Re-run', 'Resume']);
    notifications.scheduleChanged();
    notifications.close();
    made().scheduleChanged();
    expect(shown).toHaveLength(1);
  });

  it('gets no notification if a person paused the task', () => {
    clock.advance(1000);
    pause('window');
    expect(shown).toEqual([]);
  });
});

describe('missed slots', () => {
  const missed = (taskId: string, slot: string) => ({ taskId, slot, reason: 'missed' as const });

  it('share one notification', () => {
    notifications.slotsSettled([missed('t1', '2026-11-23T07:00:00.000Z'), missed('t1', '2026-11-23T08:00:00.000Z')]);
    notifications.slotsSettled([missed('t2', '2026-11-23T08:00:00.000Z')]);
    clock.advance(1000);
    expect(shown.map(({ title }) => title)).toEqual(['2 tasks missed 3 runs']);
    expect(shown[0]).toMatchObject({ taskIds: ['t1', 't2'], buttons: [{ action: 'rerun', label: 'Run now' }] });
    notifications.slotsSettled([missed('t1', '2026-11-23T08:00:00.000Z')]);
    clock.advance(1000);
    expect(shown).toHaveLength(1);
  });

  it('get a notification at the next start if another process recorded them', () => {
    notifications.close();
    clock.advance(60_000);
    const at = clock.nowIso();
    ledger.decide([{ taskId: 't1', slot: '2026-11-23T08:59:00.000Z', reason: 'missed', detail: null, at }]);
    notifications = made();
    notifications.catchUp(null);
    clock.advance(1000);
    expect(shown.map(({ title }) => title)).toEqual(['Backup missed a run']);
  });

  it('get no notification if they were skipped for another reason', () => {
    notifications.slotsSettled([{ taskId: 't1', slot: '2026-11-23T07:00:00.000Z', reason: 'paused' }]);
    clock.advance(1000);
    expect(shown).toEqual([]);
  });
});

describe('a start', () => {
  it('shows failures that happened while the app was not running, and repeats none', () => {
    told(run('t1'));
    notifications.close();
    run('t1');
    run('t2', { slot: '2026-11-23T10:00:00.000Z' });
    notifications = made();
    notifications.catchUp(null);
    clock.advance(1000);
    expect(shown.map(({ title }) => title)).toEqual(['Backup failed', 'Sync failed']);
  });

  it('shows no notifications of old runs if the app never ran before', () => {
    ledger = memoryLedger();
    run('t1');
    clock.advance(1000);
    notifications = made();
    notifications.catchUp(null);
    clock.advance(1000);
    expect(shown).toEqual([]);
  });

  it('shows failures since a given instant', () => {
    ledger = memoryLedger();
    run('t1');
    notifications = made();
    notifications.catchUp(start);
    clock.advance(1000);
    expect(shown.map(({ title }) => title)).toEqual(['Backup failed']);
  });

  it('ignores a damaged memory', () => {
    ledger.setMark('notices', '{"since": 3');
    expect(() => made()).not.toThrow();
  });
});

it('shows pending notifications before the app ends', () => {
  notifications.executionsChanged([run('t1')]);
  notifications.close();
  expect(shown.map(({ title }) => title)).toEqual(['Backup failed']);
});
