import { SchedulerError } from '../../domain/errors.ts';
import { AlertBeat } from '../../services/alerts/alert-beat.ts';
import { AlertWriter, type AlertWriterNeeds } from '../../services/alerts/alert-writer.ts';
import { AttentionWatch } from '../../services/attention/attention-watch.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';
import type { AlertSending } from '../running/primary.ts';
import type { AlertOperations } from './alert-operations.ts';

/** Returns what adds the alerts that follow from time. */
export function alertBeat({ ledger, store, clock, logger }: Outside, core: Core, writer: AlertWriter): AlertBeat {
  const watch = new AttentionWatch({ store, ledger, attention: core.attention, markName: 'alerts.attention' });
  return new AlertBeat({ writer, watch, ledger, clock, logger, entries: () => core.sync.entries() });
}

/** Returns how a primary sends alerts. */
export function sendingOf(outbox: AlertOperations['outbox'], beat: AlertBeat): AlertSending {
  return {
    start: () => outbox.start(),
    wake: () => outbox.wake(),
    beat: () => beat.beatOfPrimary(),
    stop: () => outbox.stop(),
  };
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
