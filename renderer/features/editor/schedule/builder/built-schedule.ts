import type { EventName } from '../../../../../main/contract/events.ts';

/** A schedule made in the schedule builder. Times are `HH:MM`, weekdays 0 (Sunday) to 6, months 1 to 12. */
export interface BuiltSchedule {
  every: 'minutes' | 'hours' | 'interval' | 'day' | 'week' | 'month' | 'once' | 'event' | 'demand';
  /** For `minutes`, `hours` and `interval`: how many of them. The interval is in minutes, of real time. */
  step: number;
  /** For `day` and `week`: only every so many, counted from `start`; 1 for each. */
  count: number;
  /** For `hours`: minutes after the hour. */
  minute: number;
  /**
   * For `minutes` and `hours`: the hours between which it runs, the last up to 24; null for the whole day. A run at the end is
   * included. Hours are full, but `minutes` may end within one: 16.75 is 16:45.
   */
  window: { from: number; to: number } | null;
  /** For the others, at least one. `once` and `interval` use the first; the interval is counted from it, on the day `start`. */
  times: readonly string[];
  /** For `week`, at least one. For `minutes` and `hours` none means every day. */
  weekdays: readonly number[];
  /**
   * For `month`: 1 to 31, `last`, or a weekday by number, as `2#1` for the second Monday and `last#5` for the last Friday;
   * `1#work` is the first working day.
   */
  day: string;
  /** None means every month. */
  months: readonly number[];
  /** For `once`: `YYYY-MM-DD`. */
  date: string;
  /** The first and the last day on which it runs, `YYYY-MM-DD`; empty for none. Not for `once`, `event` and `demand`. */
  start: string;
  end: string;
  /** For `event`, at least one. */
  events: readonly EventName[];
}

/** Steps that divide the hour or the day evenly. Other steps leave an uneven gap at the end. */
export const minuteSteps = [1, 2, 5, 10, 15, 20, 30] as const;
export const hourSteps = [1, 2, 3, 4, 6, 8, 12] as const;

/** Returns whether an interval in minutes divides the hour or the day evenly: it is then counted from midnight. */
export const isEvenInterval = (step: number): boolean =>
  step < 60 ? 60 % step === 0 : step % 60 === 0 && 24 % (step / 60) === 0;

/** The most times of day that the builder offers. */
export const MOST_TIMES = 6;

export const firstBuilt = (date: string): BuiltSchedule => ({
  every: 'day',
  step: 15,
  count: 1,
  minute: 0,
  window: null,
  times: ['09:00'],
  weekdays: [1, 2, 3, 4, 5],
  day: '1',
  months: [],
  date,
  start: '',
  end: '',
  events: ['login'],
});

interface TimesOfDay {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
}

export const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, index) => from + index * step);

const sorted = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** Returns the minutes of the day of a schedule's times, sorted and each once. */
export const minutesOfDay = (times: readonly string[]): number[] =>
  sorted(times.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))));

/** Returns the hours and minutes of cron, every combination of which is a time; null if that would add times. */
function timesOfDay(times: readonly number[]): TimesOfDay | null {
  const hours = sorted(times.map((time) => Math.floor(time / 60)));
  const minutes = sorted(times.map((time) => time % 60));
  return hours.length * minutes.length === times.length ? { hours, minutes } : null;
}

/** The end of a day has no time of its own: its last minute stands for it. */
const END_OF_DAY = 24 * 60 - 1;

/** Returns the last minute of the day at which a window that ends at this hour may run. */
export const endMinute = (hour: number): number => Math.min(Math.round(hour * 60), END_OF_DAY);

const windowTimes = (step: number, window: BuiltSchedule['window']): number[] =>
  window === null ? range(0, 24 * 60, step) : range(window.from * 60, endMinute(window.to) + 1, step);

/** Returns the hours and minutes at which it runs; null if its times do not fit one cron expression. */
function dayTimes({ every, step, minute, window, times }: BuiltSchedule): TimesOfDay | null {
  if (every === 'minutes') return timesOfDay(windowTimes(step, window));
  if (every !== 'hours') return timesOfDay(minutesOfDay(every === 'once' ? times.slice(0, 1) : times));
  const hours = window === null ? range(0, 24, step) : range(window.from, 24, step);
  const end = endMinute(window?.to ?? 24);
  return { minutes: [minute], hours: hours.filter((hour) => hour * 60 + minute <= end) };
}

function dayFields({ every, weekdays, day }: BuiltSchedule): [monthDays: string, weekdays: string] {
  if (every === 'month') {
    const [nth = '', weekday] = day.split('#');
    if (weekday !== undefined) return ['*', nth === 'last' ? `${weekday}L` : `${weekday}#${nth}`];
    return [day === 'last' ? 'L' : day, '*'];
  }
  const isEveryDay = every === 'day' || weekdays.length === 0 || weekdays.length === 7;
  return ['*', isEveryDay ? '*' : sorted(weekdays).join(',')];
}

/** Returns the cron expression; null for what one expression cannot hold. The days of `start` and `end` are not part of it. */
export function cronOfBuilt(built: BuiltSchedule): string | null {
  const hasNone = ['interval', 'once', 'event', 'demand'].includes(built.every);
  const isWider = built.count > 1 || (built.every === 'month' && built.day.endsWith('#work'));
  const times = hasNone || isWider ? null : dayTimes(built);
  if (times === null) return null;
  const [monthDays, weekdays] = dayFields(built);
  const months = built.months.length === 0 || built.months.length === 12 ? '*' : sorted(built.months).join(',');
  const hours = times.hours.length === 24 ? '*' : times.hours.join(',');
  return [times.minutes.join(','), hours, monthDays, months, weekdays].join(' ');
}
