import { DateTime } from 'luxon';
import { minuteMs } from '../../durations.ts';
import { dayOfDate, type Now } from './day-of-date.ts';
import type { Draft } from './draft.ts';
import { saidTimes } from './times.ts';
import { instantOfWall } from '../instant.ts';
import type { OnceReading } from '../instant.ts';
import { PhraseProblem } from '../phrase-problem.ts';

const ceilMinute = (ms: number): number => Math.ceil(ms / minuteMs) * minuteMs;

function assertOnceOnly(draft: Draft): void {
  const repeats =
    draft.recurring ||
    [
      draft.rate,
      draft.period,
      draft.weekdays,
      draft.nth,
      draft.monthDays,
      draft.months,
      draft.window,
      draft.pastMinutes,
    ].some((part) => part !== null) ||
    draft.exceptWeekdays.length + draft.exceptMonthDays.length + draft.exceptMonths.length > 0;
  if (!repeats) return;
  throw new PhraseProblem(
    'This gives both a single date and something that repeats. Keep one of them.',
    [],
    ['every monday at 9am', 'next monday at 9am'],
  );
}

/** Returns the time of a one-shot, in minutes of its day, or null if none was given. */
function oneTime(draft: Draft): number | null {
  const times = saidTimes(draft);
  const [time] = times;
  if (times.length > 1) throw new PhraseProblem('A run on a single date has one time: use one task for each time.', []);
  if (time !== undefined) return time.hour * 60 + time.minute;
  if (draft.partOfDay !== null)
    throw new PhraseProblem(`Say at what time in the ${draft.partOfDay}.`, [], ['tomorrow at 9am']);
  return null;
}

function fromNow(draft: Draft, zone: string, nowMs: number): OnceReading {
  const distance = draft.distance ?? { minutes: 0, days: 0, months: 0 };
  const time = oneTime(draft);
  if (time !== null && distance.minutes > 0)
    throw new PhraseProblem('This gives both a time from now and a time of day. Keep one of them.', []);
  const day = DateTime.fromMillis(nowMs, { zone }).plus({ days: distance.days, months: distance.months });
  if (!day.isValid || day.year > 9998 || distance.minutes > 5e8)
    throw new PhraseProblem('That is too far in the future.', []);
  if (time === null) return { atMs: ceilMinute(day.toMillis() + distance.minutes * minuteMs), warnings: [] };
  return instantOfWall(Date.UTC(day.year, day.month - 1, day.day) + time * minuteMs, zone, draft.clock);
}

/** A leap year. */
const longestYear = 2028;

/** @throws PhraseProblem for a date that no year has, such as February 30. */
function assertDateExists({ monthDays, months }: Draft): void {
  const [day, month] = [monthDays?.[0], months?.[0]];
  if (day === undefined || month === undefined) return;
  const { daysInMonth, monthLong } = DateTime.utc(longestYear, month, 1, { locale: 'en' });
  if (daysInMonth === undefined || day <= daysInMonth) return;
  throw new PhraseProblem(
    `${monthLong} has no ${day}${day === 31 ? 'st' : 'th'}: it has ${daysInMonth} days${month === 2 ? ' at most' : ''}.`,
    [],
    [`${monthLong?.toLowerCase()} ${daysInMonth} at 9am`],
  );
}

/** Returns the next future instant of a time of day or a calendar day without a year. */
function nextOccurrence(draft: Draft, time: number, zone: string, nowMs: number): OnceReading {
  const today = DateTime.fromMillis(nowMs, { zone });
  const [month, day] = [draft.months?.[0], draft.monthDays?.[0]];
  for (let step = 0; step <= 8; step += 1) {
    const date =
      month === undefined || day === undefined
        ? DateTime.utc(today.year, today.month, today.day).plus({ days: step })
        : DateTime.utc(today.year + step, month, day);
    if (!date.isValid) continue;
    const reading = instantOfWall(date.toMillis() + time * minuteMs, zone, draft.clock);
    if (reading.atMs > nowMs) return reading;
  }
  throw new PhraseProblem('That date does not exist.', []);
}

/** "Thu 3 Dec": the weekday says no more than the date does. */
const isWeekdayOfDate = ({ weekdays, monthDays, months }: Draft): boolean =>
  weekdays?.length === 1 && monthDays?.length === 1 && months?.length === 1;

/** @throws PhraseProblem for "Fri 3 Dec" if the next 3 December is a Thursday. */
function assertWeekday({ weekdays }: Draft, atMs: number, zone: string): void {
  const date = DateTime.fromMillis(atMs, { zone, locale: 'en-US' });
  const [weekday] = weekdays ?? [];
  if (weekday !== undefined && weekday !== date.weekday % 7)
    throw new PhraseProblem(`${date.toFormat("d LLLL yyyy 'is a' cccc")}.`, []);
}

/** Returns whether the draft means the next such day or time, once: "3 december", "at 5pm". */
export const isNextOccurrence = (draft: Draft): boolean =>
  !draft.recurring &&
  draft.countedIn === null &&
  (draft.weekdays === null || isWeekdayOfDate(draft)) &&
  draft.nth === null &&
  draft.exact === null &&
  draft.ifWeekdays === null &&
  draft.exceptMonths.length + draft.exceptMonthDays.length + draft.exceptWeekdays.length === 0 &&
  !draft.lastDay &&
  draft.pastMinutes === null &&
  draft.window === null &&
  (draft.monthDays === null
    ? draft.months === null && draft.times?.length === 1
    : draft.monthDays.length === 1 && draft.months?.length === 1);

const dayMinutes = 24 * 60;
const noon = 12 * 60;

/**
 * Returns the instant of a time on a named day. A night ends on the next day: "tomorrow night at 1" is on the day after
 * tomorrow, and "tonight at midnight", like "today at midnight", is the coming midnight.
 */
function onDate(draft: Draft, date: string, time: number, now: Now): OnceReading {
  const isAfterMidnight = draft.partOfDay === 'night' ? time < noon : date === 'today' && time === 0;
  if (isAfterMidnight && date === 'today') {
    const { day } = dayOfDate(date, time, now);
    const early = instantOfWall(day + time * minuteMs, now.zone, now.clock);
    if (early.atMs > now.nowMs) return early;
  }
  const minutes = isAfterMidnight ? time + dayMinutes : time;
  const { day, warnings } = dayOfDate(date, minutes, now);
  const reading = instantOfWall(day + minutes * minuteMs, now.zone, now.clock);
  return {
    atMs: reading.atMs,
    warnings: [...reading.warnings, ...warnings, ...midnightWarnings(draft, date, minutes)],
  };
}

function midnightWarnings(draft: Draft, date: string, minutes: number): string[] {
  if (minutes >= dayMinutes && date !== 'today')
    return ['This hour of the night is after midnight, so the run is on the next day.'];
  const isBareMidnight = minutes === 0 && draft.partOfDay === null;
  return isBareMidnight ? ['That day begins at this midnight. For the midnight at its end, name the next day.'] : [];
}

/** Returns the instant of a one-shot. */
export function draftOnce(draft: Draft, zone: string, nowMs: number): OnceReading {
  if (draft.distance !== null || draft.date !== null) assertOnceOnly(draft);
  if (draft.distance !== null && draft.date !== null)
    throw new PhraseProblem('This gives both a date and a time from now. Keep one of them.', []);
  if (draft.distance !== null) return fromNow(draft, zone, nowMs);
  assertDateExists(draft);
  const time = oneTime(draft);
  if (time === null) {
    throw new PhraseProblem('Say at what time it runs.', [], draft.date === null ? [] : [`${draft.date} at 9am`]);
  }
  if (draft.date !== null) return onDate(draft, draft.date, time, { zone, nowMs, clock: draft.clock });
  const reading = nextOccurrence(draft, time, zone, nowMs);
  assertWeekday(draft, reading.atMs, zone);
  if (draft.weekdays !== null) return reading;
  const repeat = draft.monthDays === null ? 'every day' : 'every year';
  return {
    atMs: reading.atMs,
    warnings: [...reading.warnings, `This runs once. Write "${repeat}" if it should repeat.`],
  };
}
