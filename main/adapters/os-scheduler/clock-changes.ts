import { hourMs } from '../../domain/durations.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { sortedUnique } from './number-runs.ts';
import { zoneChanges } from '../../domain/timing/zone-changes.ts';

/** A longer change skips a date (Samoa, 2011); nothing is due on it, so it needs no repair. */
const LONGEST_CHANGE_MS = 12 * hourMs;

export interface Horizon {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Returns the period for which entries list explicit dates: from the start of this year (UTC) to the end of the year
 * after next, at least two years ahead. Whole years, so that an entry does not change every day.
 */
export function repairHorizon(nowMs: number): Horizon {
  const year = new Date(nowMs).getUTCFullYear();
  return { fromMs: Date.UTC(year, 0, 1), untilMs: Date.UTC(year + 3, 0, 1) };
}

/** [fromMs, untilMs): the period around a clock change in which wall-clock times are missing or repeated. */
export interface ClockChange extends Horizon {
  readonly kind: 'gap' | 'repeat';
  /** First instant of the new offset. */
  readonly atMs: number;
}

export function clockChanges(timezone: string, horizon: Horizon): ClockChange[] {
  return zoneChanges(timezone, horizon.fromMs, horizon.untilMs)
    .filter((change) => Math.abs(change.after - change.before) < LONGEST_CHANGE_MS)
    .map(({ atMs, before, after }): ClockChange => {
      const size = Math.abs(after - before);
      return after > before
        ? { kind: 'gap', atMs, fromMs: atMs, untilMs: atMs + size }
        : { kind: 'repeat', atMs, fromMs: atMs - size, untilMs: atMs + size };
    });
}

/** Returns the engine's slots inside these clock changes: the only times at which an OS scheduler may differ. */
export function slotsAround(schedule: ScheduleSpec, changes: readonly ClockChange[]): number[] {
  return sortedUnique(changes.flatMap(({ fromMs, untilMs }) => slotsBetween(schedule, fromMs - 1, untilMs - 1, 2000)));
}
