import { en } from 'chrono-node';
import { DateTime } from 'luxon';
import { minuteMs, weekMs } from '../../durations.ts';
import { offsetAt } from '../../timing/wall-clock.ts';
import type { Draft } from './draft.ts';
import { saidTimes } from './times.ts';
import { instantOfWall } from '../instant.ts';
import type { OnceReading } from '../instant.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import { WEEKDAY_WORDS } from '../vocabulary.ts';

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
    draft.exceptWeekdays.length + draft.exceptMonths.length > 0;
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

/** Returns midnight, as wall-clock time, of the day that chrono reads from all of these words. */
function dayOf(words: string, zone: string, nowMs: number): number {
  const reference = { instant: new Date(nowMs), timezone: offsetAt(zone, nowMs) / minuteMs };
  const [first, ...more] = en.casual.parse(words, reference, { forwardDate: true });
  const start = first?.start;
  const [year, month, day] = [start?.get('year') ?? 0, start?.get('month') ?? 0, start?.get('day') ?? 0];
  const date = DateTime.utc(year, month, day);
  const isWhole = first !== undefined && more.length === 0 && first.text === words && first.end === null;
  const named = /(\d{1,2}) [a-z]+ \d{4}$|-(\d\d)$/.exec(words);
  const namedDay = named === null ? day : Number(named[1] ?? named[2]);
  if (!isWhole || !date.isValid || namedDay !== day) {
    throw new PhraseProblem(`"${words}" is not a date that exists.`, words.split(' '), [
      'tomorrow at 9am',
      'next monday at 9am',
    ]);
  }
  const leading = WEEKDAY_WORDS[words.split(' ')[0] ?? ''];
  if (leading !== undefined && leading !== date.weekday % 7) {
    const said = date.setLocale('en-US').toFormat("d LLLL yyyy 'is a' cccc");
    throw new PhraseProblem(`${said}.`, [words.split(' ')[0] ?? '']);
  }
  return date.toMillis();
}

/**
 * Warns about "next friday" on a Monday: it is read as the Friday of next week, but some people mean the one in four
 * days.
 */
function nextWeekWarning(words: string, day: number, zone: string, nowMs: number): string[] {
  const isAmbiguous = words.startsWith('next ') && day - (nowMs + offsetAt(zone, nowMs)) > weekMs;
  if (!isAmbiguous) return [];
  const weekday = words.slice('next '.length);
  return [`Read as the ${weekday} of next week. Write "this ${weekday}" for the one before.`];
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

/** Returns whether the draft means the next such day or time, once: "3 december", "at 5pm". */
export const isNextOccurrence = (draft: Draft): boolean =>
  !draft.recurring &&
  draft.countedIn === null &&
  draft.weekdays === null &&
  draft.nth === null &&
  draft.exceptMonths.length + draft.exceptWeekdays.length === 0 &&
  !draft.lastDay &&
  draft.pastMinutes === null &&
  draft.window === null &&
  (draft.monthDays === null
    ? draft.months === null && draft.times?.length === 1
    : draft.monthDays.length === 1 && draft.months?.length === 1);

/** Returns the instant of a one-shot. */
export function draftOnce(draft: Draft, zone: string, nowMs: number): OnceReading {
  if (draft.distance !== null || draft.date !== null) assertOnceOnly(draft);
  if (draft.distance !== null && draft.date !== null)
    throw new PhraseProblem('This gives both a date and a time from now. Keep one of them.', []);
  if (draft.distance !== null) return fromNow(draft, zone, nowMs);
  const time = oneTime(draft);
  if (time === null) {
    throw new PhraseProblem('Say at what time it runs.', [], draft.date === null ? [] : [`${draft.date} at 9am`]);
  }
  if (draft.date !== null) {
    const day = dayOf(draft.date, zone, nowMs);
    const { atMs, warnings } = instantOfWall(day + time * minuteMs, zone, draft.clock);
    return { atMs, warnings: [...warnings, ...nextWeekWarning(draft.date, day, zone, nowMs)] };
  }
  const reading = nextOccurrence(draft, time, zone, nowMs);
  const repeat = draft.monthDays === null ? 'every day' : 'every year';
  return {
    atMs: reading.atMs,
    warnings: [...reading.warnings, `This runs once. Write "${repeat}" if it should repeat.`],
  };
}
