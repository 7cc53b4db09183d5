import { SchedulerError } from '../../domain/errors.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { repairHorizon } from './clock-changes.ts';

/** How many fires of an entry are compared with the engine after its installation and by `doctor`. */
export const READ_BACK_COUNT = 50;

/**
 * Compares an entry's own fires with the engine's slots and returns those it misses: see
 * decision D4 in docs/architecture.md. An entry may fire more often; the slot check then finds nothing due. Slots after the dates that an entry lists
 * (`repairHorizon`) are not expected of it.
 *
 * @param fires the entry's next `READ_BACK_COUNT` fires after `fromMs`; fewer if there are no more.
 */
function missedSlots(schedule: ScheduleSpec, fires: readonly number[], fromMs: number): number[] {
  const known = new Set(fires);
  const last = fires.length < READ_BACK_COUNT ? Number.POSITIVE_INFINITY : Math.max(...fires);
  const until = Math.min(last, repairHorizon(fromMs).untilMs - 1);
  return nextSlots(schedule, fromMs, READ_BACK_COUNT).filter((slot) => slot <= until && !known.has(slot));
}

/** @throws SchedulerError `os/wrong-times` where the entry's own fires miss a slot, see `missedSlots`. */
export function assertNothingMissed(schedule: ScheduleSpec, fires: readonly number[], fromMs: number): void {
  const missed = missedSlots(schedule, fires, fromMs);
  if (missed.length > 0) throw new SchedulerError('os/wrong-times', missedSlotsMessage(missed), { missed });
}

/** Returns the result as a sentence. */
function missedSlotsMessage(missed: readonly number[]): string {
  const shown = missed.slice(0, 3).map((slot) => new Date(slot).toISOString());
  const more = missed.length > shown.length ? ` and ${missed.length - shown.length} more` : '';
  return `The installed entry would not fire at ${shown.join(', ')}${more}, although the schedule is due then.`;
}
