import type { FoundResult } from '../../../ports/other-schedulers.ts';
import { unknownResult } from './reading.ts';
import { stampMs, valueOf } from './timer-properties.ts';
import type { UnitProperties } from './timer-properties.ts';

/** `Result=` of a service (`man 5 systemd.exec`, SERVICE_RESULT) in words. */
const results: Readonly<Record<string, string>> = {
  timeout: 'stopped at its time limit',
  'core-dump': 'crashed',
  watchdog: 'stopped by its watchdog',
  'start-limit-hit': 'started too often, so systemd stopped starting it',
  'oom-kill': 'stopped: the machine ran out of memory',
  resources: 'could not be started: resources are missing',
  protocol: 'did not report that it started',
};
/** `ExecMainCode=` is a code of `waitid`: 1 is an exit, 2 and 3 are signals. */
const EXITED = '1';

/** Returns the last result of the unit that a timer starts. */
export function resultOf(timer: UnitProperties, service: UnitProperties | undefined): FoundResult {
  const triggeredMs = stampMs(valueOf(timer, 'LastTriggerUSec'));
  if (service === undefined || valueOf(service, 'LoadState') === 'not-found') {
    const detail = `the unit it starts, ${valueOf(timer, 'Unit')}, was not found`;
    return { atMs: triggeredMs, result: 'failed', detail };
  }
  const atMs = latest(triggeredMs, stampMs(valueOf(service, 'ExecMainStartTimestamp')));
  if (isRunning(service)) return { atMs, result: 'running', detail: 'running' };
  const result = valueOf(service, 'Result');
  const ended = endOf(service);
  if (result !== 'success') return { atMs, result: 'failed', detail: results[result] ?? ended ?? `Result=${result}` };
  if (valueOf(service, 'ConditionResult') === 'no' && valueOf(service, 'ConditionTimestamp') !== '')
    return unknownResult('skipped: a condition of the service was not met', atMs);
  if (ended !== null) return { atMs, result: 'succeeded', detail: ended };
  return atMs === null ? unknownResult('has not run yet') : unknownResult('systemd has forgotten the result', atMs);
}

function isRunning(service: UnitProperties): boolean {
  const state = valueOf(service, 'ActiveState');
  return ['activating', 'active', 'reloading'].includes(state) && valueOf(service, 'SubState') !== 'exited';
}

/** Returns how the main process ended; null if none has ended since systemd loaded the unit. */
function endOf(service: UnitProperties): string | null {
  if (stampMs(valueOf(service, 'ExecMainExitTimestamp')) === null) return null;
  const status = valueOf(service, 'ExecMainStatus');
  return valueOf(service, 'ExecMainCode') === EXITED ? `exit code ${status}` : `ended by signal ${status}`;
}

const latest = (first: number | null, second: number | null): number | null =>
  first === null || second === null ? (first ?? second) : Math.max(first, second);
