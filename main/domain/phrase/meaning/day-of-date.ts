import { en } from 'chrono-node';
import { DateTime } from 'luxon';
import type { ClockStyle } from '../../../contract/time-style.ts';
import { WEEKDAY_NAMES } from '../../cron/calendar-names.ts';
import { minuteMs, weekMs } from '../../durations.ts';
import { clockTime } from '../../naming/clock-time.ts';
import { offsetAt } from '../../timing/wall-clock.ts';
import { instantOfWall } from '../instant.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import { WEEKDAY_WORDS } from '../vocabulary.ts';

/** The moment at which a phrase is read. */
export interface Now {
  readonly zone: string;
  readonly nowMs: number;
  readonly clock: ClockStyle;
}

export interface ReadDay {
  /** Midnight of the day, as wall-clock time. */
  readonly day: number;
  readonly warnings: readonly string[];
}

/**
 * Returns the day of the words of a date: "tomorrow", "this friday", "3 december 2026".
 *
 * @param minutes The run's minutes after the midnight of that day: "this friday" is today only until then.
 */
export function dayOfDate(words: string, minutes: number, now: Now): ReadDay {
  const [which, name = ''] = words.split(' ');
  const weekday = which === 'this' ? WEEKDAY_WORDS[name] : undefined;
  if (weekday !== undefined) return thisWeekday(weekday, minutes, now);
  const day = dayByChrono(words, now);
  return { day, warnings: nextWeekWarning(words, day, now) };
}

/**
 * Not by chrono, which takes another week if noon of that day in the process's zone has passed
 * (https://github.com/wanasit/chrono/issues/484).
 */
function thisWeekday(weekday: number, minutes: number, { zone, nowMs, clock }: Now): ReadDay {
  const today = DateTime.fromMillis(nowMs, { zone });
  const dayAfter = (days: number): number => DateTime.utc(today.year, today.month, today.day).plus({ days }).toMillis();
  const first = dayAfter((weekday - (today.weekday % 7) + 7) % 7);
  if (instantOfWall(first + minutes * minuteMs, zone, clock).atMs > nowMs) return { day: first, warnings: [] };
  const name = WEEKDAY_NAMES[weekday] ?? '';
  const passed = `Today is ${name}, and ${clockTime(Math.floor(minutes / 60) % 24, minutes % 60, clock)} has passed`;
  return { day: first + weekMs, warnings: [`${passed}: read as ${name} of next week.`] };
}

/** Returns midnight, as wall-clock time, of the day that chrono reads from all of these words. */
function dayByChrono(words: string, { zone, nowMs }: Now): number {
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
function nextWeekWarning(words: string, day: number, { zone, nowMs }: Now): string[] {
  const isAmbiguous = words.startsWith('next ') && day - (nowMs + offsetAt(zone, nowMs)) > weekMs;
  if (!isAmbiguous) return [];
  const weekday = words.slice('next '.length);
  return [`Read as the ${weekday} of next week. Write "this ${weekday}" for the one before.`];
}
