import type { Doubt } from '../contract/doubt.ts';
import type { NewAlert, StoredAlert } from '../ports/ledger/alerts.ts';
import type { ExecutionResult, NewExecution } from '../ports/ledger/executions.ts';

/** Returns an execution of task `t1` with the given changes. */
export function anExecution(change: Partial<NewExecution> = {}): NewExecution {
  return {
    executionId: 'e1',
    taskId: 't1',
    taskName: 'Daily backup',
    timingId: 'daily-9am',
    tool: 'shell:run',
    parameters: { command: 'true' },
    trigger: 'schedule',
    slot: '2026-11-23T09:00:00.000Z',
    attempt: 1,
    startedAt: '2026-11-23T09:00:00.120Z',
    logPath: '/data/logs/2026-11/e1.log',
    owner: { pid: 4711, startedAt: '88' },
    ...change,
  };
}

/** Returns an outcome, by default a success, with the given changes. */
export function anOutcome(change: Partial<ExecutionResult> = {}): ExecutionResult {
  return {
    status: 'success',
    completedAt: '2026-11-23T09:00:02.620Z',
    exitCode: 0,
    signal: null,
    result: null,
    error: null,
    logBytes: 12,
    peakMemoryBytes: 4096,
    cpuMs: 3.5,
    ...change,
  };
}

/** Returns an alert of a failure for the channel `ops`, with the given changes. */
export function anAlert({
  event,
  ...change
}: Partial<Omit<NewAlert, 'event'>> & { event?: Partial<StoredAlert> } = {}): NewAlert {
  return {
    channel: 'ops',
    notBefore: '2026-11-23T09:00:03.000Z',
    expiresAt: '2026-11-26T09:00:03.000Z',
    ...change,
    event: {
      schema: 'ncp-scheduler.alert/1',
      id: 'alert-1',
      kind: 'failed',
      at: '2026-11-23T09:00:03.000Z',
      title: 'Daily backup failed',
      message: 'disk full (exit code 1)',
      machine: 'box',
      task: { id: 't1', name: 'Daily backup', group: 'daily-9am', tags: [] },
      run: null,
      ...event,
    },
  };
}

/** Why a run that printed an error is doubtful. */
export const aDoubt: Doubt = {
  sign: 'error-text',
  message: 'The output ends with an error: ERROR: disk full.',
  line: 'ERROR: disk full',
  criterion: { check: 'lacks-match', pattern: String.raw`^\s*ERROR:`, in: 'stdout' },
};

/** Returns the ISO instant `minute` minutes after 09:00 UTC on the day of `anExecution`. */
export const slotAt = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString();
