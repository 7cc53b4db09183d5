import { beforeEach, describe, expect, it } from 'vitest';
import type { Policies } from '../../contract/task.ts';
import { policyDefaults } from '../../contract/policy-defaults.ts';
import type { PolicyDefaults } from '../../domain/policy/resolved-policies.ts';
import type { NotificationContent } from '../../ports/desktop.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memorySettings } from '../../testing/memory-settings.ts';
import { memoryStore, type MemoryStore } from '../../testing/memory-store.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { AttentionNotifications } from '../notifications/attention-notifications.ts';
import { Budgets } from '../budgets/budgets.ts';
import { SlotPlanner } from '../schedule/slot-planner.ts';
import { AttentionWatch } from './attention-watch.ts';
import { RunWatch } from './run-watch.ts';
import { TaskAttention } from './task-attention.ts';

const minute = 60_000;
const hour = 60 * minute;
const slot = '2026-11-23T09:00:00.000Z';

let clock: FakeClock;
let ledger: Ledger;
let store: MemoryStore;
let settings: ReturnType<typeof memorySettings>;
let defaults: PolicyDefaults;
let planner: SlotPlanner;
let attention: TaskAttention;
let shown: NotificationContent[];
let withdrawn: string[];
let look: () => void;
let seen: AttentionNotifications;

beforeEach(() => {
  clock = fakeClock(slot);
  ledger = memoryLedger();
  store = memoryStore();
  settings = memorySettings();
  defaults = policyDefaults;
  [shown, withdrawn] = [[], []];
  planner = new SlotPlanner({ ledger, clock, defaults: () => defaults });
  const budgets = new Budgets({ ledger, clock, settings, timezone: () => 'UTC' });
  attention = new TaskAttention({ ledger, clock, planner, budgets, defaults: () => defaults });
  start();
});

/** A start of the app: only the ledger remembers earlier notifications. */
function start(): void {
  const watch = new AttentionWatch({ store, ledger, attention });
  const notifier = {
    notify: (content: NotificationContent) => Promise.resolve(shown.push(content) > 0),
    withdraw: (key: string) => void withdrawn.push(key),
  };
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  seen = new AttentionNotifications({ store, ledger, settings, attention, notifier, logger });
  look = () => seen.attentionChanged(watch.check());
}

function task(policies: Policies, change: { id?: string; armedAt?: string } = {}): void {
  store.update((file) => {
    addTask(file, { id: 't1', name: 'Backup', armedAt: '2026-11-23T08:30:00.000Z', policies, ...change });
  });
}
function begin(change: Parameters<typeof anExecution>[0] = {}): void {
  ledger.claim(anExecution({ taskName: 'Backup', startedAt: clock.nowIso(), ...change }));
  ledger.running().forEach(({ execution }) => seen.executionsChanged([execution]));
}
function end(change: Parameters<typeof anOutcome>[0] = {}): void {
  ledger.finish('e1', anOutcome({ completedAt: clock.nowIso(), ...change }));
  look();
}
const titles = () => shown.splice(0).map(({ title }) => title);
const messages = () => {
  const file = store.read();
  return (attention.of(Object.values(file.tasks), file).get('t1') ?? []).map(({ message }) => message);
};

describe('a task that has not started in time', () => {
  beforeEach(() => task({ lateAfterMs: 5 * minute }));

  it('gets one notification before its slot counts as missed, and one when it started', () => {
    clock.advance(5 * minute);
    look();
    expect(titles()).toEqual([]);
    clock.advance(minute);
    look();
    look();
    expect(ledger.slots('t1', slot)).toEqual([]);
    expect(shown).toMatchObject([{ body: 'It was due 6 min ago and has not started.', target: { taskId: 't1' } }]);
    expect(titles()).toEqual(['Backup is late']);
    clock.advance(minute);
    begin();
    look();
    expect(shown).toMatchObject([{ body: 'It started 7 min after its time.', target: { executionId: 'e1' } }]);
    expect(titles()).toEqual(['Backup started late']);
    end();
    expect(messages()).toEqual([]);
  });

  it.each([
    ['in this process', () => void planner.hold('t1', Date.parse(slot))],
    [
      'in another process',
      () => ledger.setWait({ taskId: 't1', slot, reason: 'overlap', owner: { pid: 1, startedAt: '1' } }),
    ],
  ])('gets one while its slot waits for the previous run %s, until the run is recorded', (_where, wait) => {
    wait();
    clock.advance(6 * minute);
    look();
    expect(titles()).toEqual(['Backup is late']);
    begin();
    look();
    expect(titles()).toEqual(['Backup started late']);
    expect(messages()).toEqual([]);
  });

  it('gets one notification across restarts of the app', () => {
    clock.advance(6 * minute);
    look();
    start();
    look();
    expect(titles()).toEqual(['Backup is late']);
    begin();
    start();
    look();
    ledger.running().forEach(({ execution }) => seen.executionsChanged([execution]));
    expect(titles()).toEqual(['Backup started late']);
  });

  it('gets a notification at its start if nothing was running before', () => {
    clock.advance(20 * minute);
    begin({ trigger: 'catch-up' });
    look();
    expect(titles()).toEqual(['Backup started late']);
  });

  it('is not late any more once its slot is skipped, and the notification says why', () => {
    clock.advance(6 * minute);
    look();
    const at = clock.nowIso();
    ledger.decide([{ taskId: 't1', slot, reason: 'overlap', detail: 'the previous run had not finished', at }]);
    look();
    expect(shown.at(-1)?.body).toBe('The run was skipped: the previous run had not finished.');
    expect(titles()).toEqual(['Backup is late', 'Backup is not late any more']);
  });

  it('is left to the notification of missed runs once its slot was missed', () => {
    clock.advance(6 * minute);
    look();
    ledger.decide([{ taskId: 't1', slot, reason: 'missed', detail: null, at: clock.nowIso() }]);
    look();
    expect(titles()).toEqual(['Backup is late']);
    expect(withdrawn).toEqual(['late:t1:']);
  });

  it('is not late while it is paused', () => {
    store.update((file) => Object.assign(file.tasks['t1'] ?? {}, { status: 'paused' }));
    clock.advance(hour);
    look();
    expect(titles()).toEqual([]);
  });

  it('says that an earlier run has not finished', () => {
    ledger.start(anExecution({ executionId: 'e0', trigger: 'manual', slot: null }));
    clock.advance(6 * minute);
    expect(messages()).toEqual(['It was due 6 min ago and has not started. An earlier run has not finished.']);
  });

  it('gets no notification while the setting is off, but is shown', () => {
    settings.update({ notifyOnAttention: false });
    clock.advance(6 * minute);
    look();
    expect(titles()).toEqual([]);
    expect(messages()).toHaveLength(1);
  });
});

describe('a run that takes too long', () => {
  it('gets one notification while it runs, and one when it succeeded', () => {
    task({ longAfter: { ms: 10 * minute } });
    begin();
    clock.advance(11 * minute);
    look();
    look();
    expect(shown).toMatchObject([{ target: { view: 'execution', executionId: 'e1' } }]);
    expect(shown[0]?.body).toBe('It has been running for 11 min; the limit is 10 min.');
    expect(titles()).toEqual(['Backup is taking too long']);
    clock.advance(minute);
    end();
    expect(shown[0]?.body).toBe('Its run succeeded after 12 min.');
    expect(titles()).toEqual(['Backup has finished']);
  });

  it('is left to the notification of failures if it fails', () => {
    task({ longAfter: { ms: 10 * minute } });
    begin();
    clock.advance(11 * minute);
    look();
    end({ status: 'failure' });
    expect(titles()).toEqual(['Backup is taking too long']);
    expect(withdrawn).toEqual(['long:t1:e1']);
  });

  it('is judged by what the task usually takes, once ten runs are known', () => {
    task({ longAfter: { factor: 3 } });
    const earlier = (count: number) => {
      for (let n = 0; n < count; n += 1) {
        const executionId = `old-${String(ledger.list({ limit: 1, offset: 0 }).total)}`;
        ledger.start(
          anExecution({ executionId, trigger: 'manual', slot: null, startedAt: '2026-11-22T09:00:00.000Z' }),
        );
        ledger.finish(executionId, anOutcome({ completedAt: '2026-11-22T09:01:00.000Z' }));
      }
    };
    earlier(9);
    begin();
    clock.advance(4 * minute);
    expect(messages()).toEqual([]);
    ledger.finish('e1', anOutcome({ status: 'cancelled', completedAt: clock.nowIso() }));
    earlier(1);
    const startedAt = clock.nowIso();
    ledger.start(anExecution({ executionId: 'e2', trigger: 'manual', slot: null, startedAt }));
    clock.advance(3 * minute);
    expect(messages()).toEqual([]);
    clock.advance(minute);
    expect(messages()).toEqual(['It has been running for 4 min; 95% of its runs take 1 min or less.']);
  });
});

describe('a task without a success', () => {
  it('gets one notification when it is overdue, and one when it succeeded', () => {
    task({ overdueAfterMs: 2 * hour });
    begin();
    end();
    clock.advance(2 * hour + minute);
    look();
    look();
    expect(shown[0]?.body).toBe('It has not succeeded for 2 h 1 min.');
    expect(titles()).toEqual(['Backup is overdue']);
    ledger.start(anExecution({ executionId: 'e2', trigger: 'manual', slot: null, startedAt: clock.nowIso() }));
    ledger.finish('e2', anOutcome({ completedAt: clock.nowIso() }));
    look();
    expect(titles()).toEqual(['Backup is not overdue any more']);
  });

  it('stays known after retention deleted the success', () => {
    task({ overdueAfterMs: 2 * hour });
    begin();
    end();
    ledger.removeExecutions(['e1']);
    clock.advance(hour);
    expect(messages()).toEqual([]);
  });

  it('is counted from its schedule if it never succeeded', () => {
    task({ overdueAfterMs: 2 * hour }, { armedAt: slot });
    clock.advance(3 * hour);
    expect(messages()).toEqual(['It has not succeeded since it was scheduled 3 h ago.']);
  });
});

describe('limits of the settings', () => {
  it('hold for tasks that set none, and not for those that set 0', () => {
    defaults = { ...policyDefaults, lateAfterMs: minute };
    task({}, { id: 't1' });
    task({ lateAfterMs: 0 }, { id: 't2' });
    clock.advance(10 * minute);
    const file = store.read();
    expect([...attention.of(Object.values(file.tasks), file).keys()]).toEqual(['t1']);
  });
});

it('many at once share a notification', () => {
  for (const id of ['t1', 't2', 't3', 't4']) task({ lateAfterMs: minute }, { id });
  clock.advance(10 * minute);
  look();
  expect(titles()).toEqual(['4 tasks are late, overdue or taking too long']);
});

describe('a process of the OS scheduler', () => {
  const follow = (tell: () => void) => {
    const watch = new AttentionWatch({ store, ledger, attention });
    return new RunWatch({ store, ledger, clock, attention, watch }).follow('daily-9am', tell);
  };
  let calls: number;
  beforeEach(() => {
    calls = 0;
  });

  it('asks once for a notification of a run that takes too long, while it runs', () => {
    task({ longAfter: { ms: 10 * minute } });
    const stop = follow(() => (calls += 1));
    begin();
    clock.advance(10 * minute);
    expect(calls).toBe(0);
    clock.advance(5 * minute);
    expect(calls).toBe(1);
    stop();
    expect(calls).toBe(1);
    expect(clock.pending()).toEqual([]);
  });

  it('asks for it at its end after a late start, and not if all was in time', () => {
    task({ lateAfterMs: 5 * minute });
    clock.advance(20 * minute);
    const stop = follow(() => (calls += 1));
    begin({ trigger: 'catch-up' });
    stop();
    expect(calls).toBe(1);
    task({}, {});
    follow(() => (calls += 1))();
    expect(calls).toBe(1);
  });

  it('does not ask for a second notification', () => {
    task({ overdueAfterMs: hour }, { armedAt: '2026-11-23T07:00:00.000Z' });
    look();
    follow(() => (calls += 1))();
    expect(calls).toBe(0);
  });
});
