import { beforeEach, describe, expect, it } from 'vitest';
import { alertFilterSchema } from '../../contract/alerts/outbox.ts';
import type { AlertRule } from '../../contract/alerts/rules.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { ExecutionResult, NewExecution } from '../../ports/ledger/executions.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { aDoubt, anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryStore, type MemoryStore } from '../../testing/memory-store.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { resolvePolicies } from '../../domain/policy/resolved-policies.ts';
import { policyDefaults } from '../../contract/policy-defaults.ts';
import { runText } from './alert-texts.ts';
import { AlertWriter } from './alert-writer.ts';
import { alertingLedger } from './alerting-ledger.ts';

const everything: AlertRule = {
  events: ['failed', 'doubtful', 'recovered', 'missed', 'paused', 'proposal', 'started', 'succeeded'],
  channels: ['ops'],
};
const failuresOnly: AlertRule = { events: ['failed', 'recovered'], channels: ['ops'] };
const command = { kind: 'command', command: ['true'] } as const;

let clock: FakeClock;
let store: MemoryStore;
let raw: Ledger;
let runs: number;
let ids: number;

beforeEach(() => {
  [clock, raw, store, runs, ids] = [fakeClock('2026-11-23T09:00:00.000Z'), memoryLedger(), memoryStore(), 0, 0];
  store.update((file) => {
    addTask(file, { id: 't1', name: 'Backup', tags: ['shop'] });
    addTask(file, { id: 't2', name: 'Retrying', policies: { retries: { count: 1 } } });
  });
});

/** Returns a ledger that tells by these rules, as each process of the product has one. */
function telling(rules: readonly AlertRule[], more: object = {}): Ledger {
  const channels = { ops: command, mail: command, off: { ...command, enabled: false } };
  const settings = settingsSchema.parse({ alerts: { channels, rules, ...more } });
  const defaults = { ...policyDefaults, timeoutMs: 1000, doubt: 'mark' } as const;
  const writer = new AlertWriter({
    ...{ store, ledger: raw, clock, machine: 'box', timezone: () => 'Europe/Berlin' },
    settings: { read: () => settings },
    newId: () => `a${(ids += 1)}`,
    policies: (task) => resolvePolicies(task.policies, undefined, defaults),
  });
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return alertingLedger(raw, writer, logger);
}

function run(ledger: Ledger, outcome: Partial<ExecutionResult>, change: Partial<NewExecution> = {}): void {
  const executionId = `e${(runs += 1)}`;
  ledger.start(anExecution({ executionId, taskName: 'Backup', startedAt: clock.nowIso(), ...change }));
  clock.advance(1000);
  ledger.finish(executionId, anOutcome({ completedAt: clock.nowIso(), ...outcome }));
}

const failure = { status: 'failure', exitCode: 1, error: { code: 'shell/exit-code', message: 'It broke.' } } as const;
const told = (channel = 'ops') =>
  raw
    .alerts(alertFilterSchema.parse({ channel, limit: 500 }))
    .alerts.toReversed()
    .map(({ title }) => title);

it('a change that a task only tells is an alert with the difference; a look without one ends a failure', () => {
  const ledger = telling([{ events: ['changed', 'failed', 'recovered'], channels: ['ops'] }]);
  run(ledger, { status: 'skipped', result: { probe: 'first' } });
  run(ledger, failure);
  run(ledger, { status: 'skipped', result: { probe: 'unchanged' } });
  run(ledger, {
    result: { change: { diff: '--- previous\n+++ current\n@@ -1 +1,2 @@\n-a\n+b\n+c\n', added: 2, removed: 1 } },
  });
  run(ledger, { result: { change: { diff: '', added: 0, removed: 0 } } });
  expect(told()).toEqual(['Backup failed', 'Backup works again', 'Backup has changed']);
  const change = raw.get('e4');
  expect(change && runText('changed', change, 0).message).toBe(
    'What this task watches has changed: 2 lines added, 1 line removed.\n-a\n+b\n+c',
  );
});

describe('a failure', () => {
  it('is one alert for each cause until the task recovers', () => {
    const ledger = telling([failuresOnly]);
    run(ledger, failure);
    run(ledger, failure);
    run(ledger, { ...failure, exitCode: 2 });
    run(ledger, {});
    run(ledger, {});
    run(ledger, failure);
    expect(told()).toEqual(['Backup failed', 'Backup failed', 'Backup works again', 'Backup failed']);
  });

  it('is an alert each time if the rule says so', () => {
    const ledger = telling([{ ...failuresOnly, everyTime: true }]);
    for (let count = 0; count < 3; count += 1) run(ledger, failure);
    expect(told()).toHaveLength(3);
  });

  it('is an alert only after the number of failures of the rule; its recovery only if it was', () => {
    const ledger = telling([{ ...failuresOnly, afterFailures: 3 }]);
    run(ledger, failure);
    run(ledger, failure);
    run(ledger, {});
    expect(told()).toEqual([]);
    for (let count = 0; count < 3; count += 1) run(ledger, failure);
    run(ledger, {});
    expect(told()).toEqual(['Backup failed', 'Backup works again']);
  });

  it('is no alert if a retry follows, a person started the run, or a person stopped it', () => {
    const ledger = telling([failuresOnly]);
    run(ledger, failure, { taskId: 't2', attempt: 1 });
    run(ledger, failure, { trigger: 'manual' });
    run(ledger, failure, { trigger: 'test' });
    run(ledger, { status: 'cancelled' });
    expect(told()).toEqual([]);
    run(ledger, failure, { taskId: 't2', attempt: 2, trigger: 'retry', taskName: 'Retrying' });
    expect(told()).toEqual(['Retrying failed']);
  });

  it('is one alert, although its outcome is written twice', () => {
    const ledger = telling([failuresOnly]);
    run(ledger, failure);
    expect(ledger.finish('e1', anOutcome(failure))).toBe(false);
    expect(told()).toHaveLength(1);
  });

  it('that a crash left is an alert when another process finds it', () => {
    const ledger = telling([failuresOnly]);
    run(ledger, { status: 'interrupted', exitCode: null });
    expect(told()).toEqual(['Backup was interrupted']);
  });
});

it('a doubtful success is one alert, and a clean one ends it', () => {
  const ledger = telling([{ ...everything, events: ['doubtful', 'recovered'] }]);
  run(ledger, { doubt: aDoubt });
  run(ledger, { doubt: aDoubt });
  run(ledger, {});
  expect(told()).toEqual(['Backup succeeded, but its output looks like a failure', 'Backup works again']);
});

it('a start and a success are alerts where a rule wants them', () => {
  run(telling([{ ...everything, events: ['started', 'succeeded'] }]), {});
  expect(told()).toEqual(['Backup started', 'Backup succeeded']);
});

it('missed slots of a task that are found together are one alert', () => {
  const ledger = telling([everything]);
  const at = clock.nowIso();
  const slots = ['2026-11-22T09:00:00.000Z', '2026-11-23T08:00:00.000Z'];
  const decisions = slots.map((slot) => ({ taskId: 't1', slot, reason: 'missed' as const, detail: null, at }));
  ledger.decide(decisions);
  ledger.decide(decisions);
  ledger.decide([{ taskId: 't2', slot: slots[0] ?? '', reason: 'paused', detail: null, at }]);
  expect(told()).toEqual(['Backup missed 2 runs']);
});

it('a pause after failures is an alert, one by a person is not', () => {
  const ledger = telling([everything]);
  const event = {
    at: clock.nowIso(),
    action: 'task.pause',
    taskId: 't1',
    before: null,
    after: { pauseNote: 'Twice.' },
  };
  ledger.audit({ ...event, author: 'window' });
  ledger.audit({ ...event, author: 'scheduler' });
  expect(told()).toEqual(['Backup is paused']);
});

describe('a rule', () => {
  it('selects tasks by tag, group and id', () => {
    const by = (rule: Partial<AlertRule>): string[] => {
      raw = memoryLedger();
      run(telling([{ ...failuresOnly, ...rule }]), failure);
      return told();
    };
    expect(by({ tags: ['shop'] })).toHaveLength(1);
    expect(by({ groups: ['daily-9am'] })).toHaveLength(1);
    expect(by({ tasks: ['t2', 't1'] })).toHaveLength(1);
    expect(by({ tags: ['other'], groups: ['hourly'], tasks: ['t2'] })).toEqual([]);
  });

  it('reaches each channel once, none that is off, and another one if the task has its own', () => {
    const two = [failuresOnly, { ...failuresOnly, channels: ['ops', 'mail', 'off'] }];
    run(telling(two), failure);
    expect([told('ops'), told('mail'), told('off')].map(({ length }) => length)).toEqual([1, 1, 0]);
    raw = memoryLedger();
    run(telling(two, { overrides: { t1: { channels: ['mail'] } } }), failure);
    expect([told('ops'), told('mail')].map(({ length }) => length)).toEqual([0, 1]);
  });

  it('waits for the end of quiet hours, also over midnight', () => {
    const due = (from: string, to: string): string | undefined => {
      raw = memoryLedger();
      run(telling([{ ...failuresOnly, quietHours: { from, to } }]), failure);
      return raw.dueAlerts()[0]?.dueAt.slice(5, 16);
    };
    // It is 10:00 in Berlin.
    clock.set('2026-11-23T09:00:00.000Z');
    expect(due('09:00', '11:30')).toBe('11-23T10:30');
    clock.set('2026-11-23T22:00:00.000Z');
    expect(due('22:00', '07:00')).toBe('11-24T06:00');
    clock.set('2026-11-24T05:00:00.000Z');
    expect(due('22:00', '07:00')).toBe('11-24T06:00');
    clock.set('2026-11-24T06:30:00.000Z');
    expect(due('22:00', '07:00')).toBe('11-24T06:30');
  });
});
