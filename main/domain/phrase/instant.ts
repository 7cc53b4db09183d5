import { DateTime } from 'luxon';
import { clockTime } from '../naming/clock-time.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import { minuteMs } from '../durations.ts';
import { SchedulerError } from '../errors.ts';
import { instantsOf, offsetsAround } from '../timing/wall-clock.ts';

/** An ISO 8601 date and time; the zone is optional. RFC 3339 §5.6, with a space allowed for the T. */
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[t ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*(z|[+-]\d\d:?\d\d)?$/i;

export interface OnceReading {
  readonly atMs: number;
  readonly warnings: string[];
}

/** "2026-12-03 9am" and "2026-12-03 09:00 in Tokyo" are none but phrases. */
export const looksLikeInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d(?:t\d| \d\d?:?\d\d(?!\s?[ap]m|.*[a-z]{2}))/i.test(text);

/**
 * Returns the instant of a wall-clock time in a zone. A time that the clocks skip moves forward by the gap; of a
 * repeated time the first counts. Both add a warning.
 */
export function instantOfWall(wall: number, zone: string, clock: ClockStyle): OnceReading {
  const offsets = offsetsAround(zone, wall, wall);
  const all = instantsOf(zone, wall, offsets, { followsRealTime: true, repeatsWithinHours: true });
  const [atMs] = instantsOf(zone, wall, offsets, { followsRealTime: false, repeatsWithinHours: false });
  const local = DateTime.fromMillis(wall, { zone: 'UTC', locale: 'en-US' });
  const shown = `${clockTime(local.hour, local.minute, clock)} on ${local.toFormat('d LLLL yyyy')}`;
  if (atMs === undefined) {
    throw new SchedulerError('schedule/invalid-instant', `${shown} does not exist in ${zone}: that day was skipped.`, {
      field: 'schedule',
    });
  }
  if (all.length === 0) {
    const moved = DateTime.fromMillis(atMs, { zone });
    const time = clockTime(moved.hour, moved.minute, clock);
    return { atMs, warnings: [`The clocks in ${zone} skip ${shown}: the task runs at ${time}.`] };
  }
  if (all.length === 2)
    return { atMs, warnings: [`The clocks in ${zone} show ${shown} twice: the task runs the first time.`] };
  return { atMs, warnings: [] };
}

const invalid = (text: string): SchedulerError =>
  new SchedulerError(
    'schedule/invalid-instant',
    `"${text.slice(0, 60)}" is not a valid date and time. Write it like 2026-12-03T14:15:00Z or 2026-12-03T14:15+01:00.`,
    { field: 'schedule', value: text.slice(0, 60) },
  );

/**
 * Reads an RFC 3339 instant, or an ISO 8601 date and time without an offset, which is then in `zone`. Schedules run on
 * full minutes: seconds move the run to the next full minute, never to an earlier one, and add a warning.
 *
 * @throws SchedulerError `schedule/invalid-instant` for dates and times that do not exist.
 */
export function readInstant(text: string, zone: string, clock: ClockStyle): OnceReading {
  const match = DATE_TIME.exec(text);
  if (match === null) throw invalid(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const local = DateTime.utc(year, month, day, hour, minute);
  if (!local.isValid || second > 59 || hour > 23) throw invalid(text);
  const hasSeconds = /:\d\d:(?!00(?:\.0*)?(?![\d.]))/.test(text);
  const offset = match[7];
  const offsetMinutes = offset === undefined ? null : offsetOf(offset);
  if (offsetMinutes !== null && Math.abs(offsetMinutes) > 18 * 60) throw invalid(text);
  const wall = local.toMillis() + (hasSeconds ? minuteMs : 0);
  const warnings = hasSeconds ? ['Schedules run on full minutes: the run was moved to the next full minute.'] : [];
  if (offsetMinutes !== null) return { atMs: wall - offsetMinutes * minuteMs, warnings };
  const reading = instantOfWall(wall, zone, clock);
  return { atMs: reading.atMs, warnings: [...warnings, ...reading.warnings] };
}

function offsetOf(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d\d):?(\d\d)$/.exec(text) ?? [];
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -size : size;
}
