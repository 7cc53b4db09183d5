import { DateTime } from 'luxon';
import type { ClockStyle } from '../../contract/time-style.ts';
import { SchedulerError } from '../errors.ts';
import { sentence } from '../naming/sentence.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { understandSchedule } from './understand-schedule.ts';

/**
 * Returns the words that a person would type for a schedule: its sentence, or for a one-shot its local date and time
 * (`2026-12-03 14:15`). Null if they are not read back as the very same schedule.
 */
export function wordsOf(spec: ScheduleSpec, clock: ClockStyle): string | null {
  const words = spec.kind === 'once' ? localTime(spec.atMs, spec.timezone) : sentence(spec, clock);
  // A one-shot that has passed has words too.
  const nowMs = spec.kind === 'once' ? spec.atMs - 1 : 0;
  try {
    const read = understandSchedule(words, { nowMs, machineTimezone: spec.timezone, clock });
    return scheduleKey(read.spec) === scheduleKey(spec) ? words : null;
  } catch (problem) {
    if (problem instanceof SchedulerError) return null;
    throw problem;
  }
}

/** Dates and times of day as ISO 8601 writes them, whatever clock people chose: the phrase reader takes both together. */
const localTime = (atMs: number, zone: string): string =>
  (
    DateTime.fromMillis(atMs, { zone }).toISO({
      includeOffset: false,
      suppressSeconds: true,
      suppressMilliseconds: true,
    }) ?? ''
  ).replace('T', ' ');
