import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { Task } from '../../contract/task.ts';
import { AlertBeat, type AlertBeatNeeds } from '../../services/alerts/alert-beat.ts';
import { AlertWriter, type AlertWriterNeeds } from '../../services/alerts/alert-writer.ts';
import { addDigest, forgetDigest } from '../../services/alerts/digest.ts';
import { nextOfTask } from '../../services/reports/next-of-task.ts';
import { AttentionWatch } from '../../services/attention/attention-watch.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';
import type { AlertSending } from '../running/primary.ts';
import type { AlertOperations } from './alert-operations.ts';

/** Returns what adds the alerts that follow from time. */
export function alertBeat(
  { ledger, store, clock, logger, timezone }: Outside,
  core: Core,
  writer: AlertWriter,
): AlertBeat {
  const watch = new AttentionWatch({ store, ledger, attention: core.attention, markName: 'alerts.attention' });
  const nextSlotMs = (task: Task): number | null => {
    const next = nextOfTask(task, store.read(), clock.now(), core.planner).find(
      ({ isSkipped, dayOff }) => !isSkipped && dayOff === null,
    );
    return next === undefined ? null : Date.parse(next.slot);
  };
  const clockStyle = (): ClockStyle => core.timeStyle().clock;
  const needs = { writer, store, ledger, clock, timezone, clockStyle, nextSlotMs };
  const digest: AlertBeatNeeds['digest'] = (set) => (set === undefined ? forgetDigest(needs) : addDigest(set, needs));
  return new AlertBeat({ writer, watch, ledger, clock, logger, digest, entries: () => core.sync.entries() });
}

interface SendingParts {
  readonly load: () => Promise<AlertOperations>;
  readonly beat: AlertBeat;
  readonly writer: AlertWriter;
  readonly outside: Pick<Outside, 'ledger' | 'logger'>;
}

/**
 * Returns how a primary sends alerts. It starts without waiting for that, and loads no code of it while nothing waits and
 * no rule can send anything.
 */
export function sendingOf({ load, beat, writer, outside: { ledger, logger } }: SendingParts): AlertSending {
  const isUsed = (): boolean => writer.settings() !== null || hasAlerts(ledger);
  let opened: Promise<AlertOperations['outbox'] | null> | null = null;
  let stopped = false;
  const open = async (): Promise<AlertOperations['outbox'] | null> => {
    try {
      const { outbox } = await load();
      if (!stopped) outbox.start();
      return outbox;
    } catch (problem) {
      logger.warn('Alerts cannot be sent', { problem: messageOf(problem) });
      return null;
    }
  };
  const wake = (): void => {
    if (opened !== null) void opened.then((outbox) => outbox?.wake());
    else if (!stopped && isUsed()) opened = open();
  };
  const stop = async (): Promise<void> => {
    stopped = true;
    await (await opened)?.stop();
  };
  return { start: wake, wake, beat: () => beat.beatOfPrimary(), stop };
}

/** Returns what decides which events become alerts. */
export function alertWriter(outside: Outside, policies: AlertWriterNeeds['policies']): AlertWriter {
  const { machine, store, ledger, settings, clock, newId, timezone } = outside;
  return new AlertWriter({ store, ledger, settings, clock, newId, timezone, policies, machine: machine.hostname });
}

/** Returns false if the ledger cannot be read: the process ends without sending. */
export function hasAlerts(ledger: Outside['ledger']): boolean {
  try {
    return ledger.dueAlerts().length > 0;
  } catch (error) {
    if (error instanceof SchedulerError && error.code.startsWith('store/')) return false;
    throw error;
  }
}
