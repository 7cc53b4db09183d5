import { IANAZone } from 'luxon';
import { minuteMs, hourMs, dayMs } from '../../../domain/durations.ts';

/**
 * Computes when `StartCalendarInterval` fires (`man 5 launchd.plist`), from the dictionaries alone: whenever the wall
 * clock shows a matching minute. Day and Weekday together match if either does. Shares no code with the translation.
 */

const LONGEST_SEARCH = 500 * 366 * dayMs;

type Interval = Readonly<Record<string, number>>;

export interface FireLimit {
  readonly count?: number;
  /** Epoch ms, inclusive. */
  readonly untilMs?: number;
}

export function launchdFires(
  intervals: readonly Interval[],
  timezone: string,
  fromMs: number,
  limit: FireLimit,
): number[] {
  const { count = Number.POSITIVE_INFINITY, untilMs = fromMs + LONGEST_SEARCH } = limit;
  const zone = IANAZone.create(timezone);
  const fires = new Set<number>();
  let day = Math.floor(fromMs / dayMs) * dayMs - 2 * dayMs;
  for (; day < untilMs + 2 * dayMs && fires.size < count; day += dayMs) {
    const date = new Date(day);
    const due = intervals.filter((interval) => startsOn(interval, date));
    if (due.length === 0) continue;
    const offsets = [...new Set([zone.offset(day - 15 * hourMs), zone.offset(day + dayMs + 15 * hourMs)])];
    for (const interval of due) {
      for (const minuteOfDay of minutesOf(interval)) {
        for (const offset of offsets) {
          const fire = day + (minuteOfDay - offset) * minuteMs;
          if (fire > fromMs && fire <= untilMs && zone.offset(fire) === offset) fires.add(fire);
        }
      }
    }
  }
  return [...fires].sort((a, b) => a - b).slice(0, count);
}

function startsOn(interval: Interval, date: Date): boolean {
  const { Month, Day, Weekday } = interval;
  if (Month !== undefined && Month !== date.getUTCMonth() + 1) return false;
  const byDay = Day === date.getUTCDate();
  const byWeekday = Weekday !== undefined && Weekday % 7 === date.getUTCDay();
  if (Day !== undefined && Weekday !== undefined) return byDay || byWeekday;
  return (Day === undefined || byDay) && (Weekday === undefined || byWeekday);
}

function minutesOf({ Hour, Minute }: Interval): number[] {
  const hours = Hour === undefined ? Array.from({ length: 24 }, (_, index) => index) : [Hour];
  const minutes = Minute === undefined ? Array.from({ length: 60 }, (_, index) => index) : [Minute];
  return hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
}
