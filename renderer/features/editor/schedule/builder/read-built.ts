import type { ScheduleAnswer } from '../../../../../main/contract/schedule-answer.ts';
import { eventsOf, neverRunAt } from '../../../../../main/contract/schedule-rule.ts';
import { formatFieldTime } from '../../../../text/format.ts';
import { hourSteps, minutesOfDay, minuteSteps, MOST_TIMES, range } from './built-schedule.ts';
import type { BuiltSchedule } from './built-schedule.ts';

/** Returns the values of a field of cron, sorted; null for what the builder does not know. */
function valuesOf(field: string, least: number, most: number): number[] | null {
  const parts = field.split(',').map((part) => {
    const [, any, first, last, step] = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    if (any === undefined && first === undefined) return null;
    const from = any === undefined ? Number(first) : least;
    const to = any === undefined ? Number(last ?? (step === undefined ? first : most)) : most;
    const by = Number(step ?? 1);
    return from < least || to > most || by < 1 || from > to ? null : range(from, to + 1, by);
  });
  if (parts.some((part) => part === null)) return null;
  return [...new Set(parts.flatMap((part) => part ?? []))].sort((a, b) => a - b);
}

/** Returns the distance between the values, if it is the same everywhere; 0 otherwise. */
function evenStep(values: readonly number[]): number {
  const step = (values[1] ?? 0) - (values[0] ?? 0);
  return values.every((value, index) => index === 0 || value - (values[index - 1] ?? 0) === step) ? step : 0;
}

/** The step of values that fill a whole field from 0, every 15 minutes of the hour; 1 for every value; 0 otherwise. */
function wholeStep(values: readonly number[], size: number): number {
  const step = values.length === 1 ? 0 : evenStep(values);
  return values[0] === 0 && step > 0 && values.length * step === size ? step : 0;
}

const isOneOf = (steps: readonly number[], step: number): boolean => steps.includes(step);

/** Returns how often it runs within a day; null if it runs at times that a person would name. */
function intervalOf(minutes: readonly number[], hours: readonly number[]): Partial<BuiltSchedule> | null {
  const [first = 0] = hours;
  const last = hours.at(-1) ?? 0;
  const isRun = last - first + 1 === hours.length;
  const [minute = 0] = minutes;
  if (minutes.length > 1) {
    const step = wholeStep(minutes, 60);
    if (step === 0 || !isRun || minutes.length * hours.length <= 4) return null;
    // It ends at the last run: 16:45 for every 15 minutes of the hours 9 to 16.
    const to = last === 23 ? 24 : last + 1 - step / 60;
    return { every: 'minutes', step, window: hours.length === 24 ? null : { from: first, to } };
  }
  const whole = hours.length === 24 ? 1 : wholeStep(hours, 24);
  if (isOneOf(hourSteps, whole) && (hours.length > 2 || minute === 0)) {
    return { every: 'hours', step: whole, minute, window: null };
  }
  const step = hours.length >= (isRun ? 3 : 4) ? evenStep(hours) : 0;
  const to = minute === 0 ? last : last + 1;
  return isOneOf(hourSteps, step) ? { every: 'hours', step, minute, window: { from: first, to } } : null;
}

const two = (part: number): string => String(part).padStart(2, '0');

/** Returns the days as the builder has them; null for days that it does not know. */
function daysOf(monthDay: string, weekday: string): (Pick<BuiltSchedule, 'every'> & Partial<BuiltSchedule>) | null {
  if (monthDay !== '*' && weekday !== '*') return null;
  if (monthDay === 'L') return { every: 'month', day: 'last' };
  const [, work] = /^(L|1)W$/.exec(monthDay) ?? /^([2-5])WD$/.exec(monthDay) ?? [];
  if (work !== undefined) return { every: 'month', day: `${work === 'L' ? 'last' : work}#work` };
  if (monthDay !== '*') return /^(?:[1-9]|[12]\d|3[01])$/.test(monthDay) ? { every: 'month', day: monthDay } : null;
  if (weekday === '*') return { every: 'day' };
  const [, day, nth] = /^([0-6])(?:L|#([1-5]))$/.exec(weekday) ?? [];
  if (day !== undefined) return { every: 'month', day: `${nth ?? 'last'}#${day}` };
  const weekdays = valuesOf(weekday, 0, 6);
  return weekdays && { every: 'week', weekdays };
}

interface Line {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly days: NonNullable<ReturnType<typeof daysOf>>;
}

/** Reads a cron expression with days that the builder knows; null for any other text. */
function lineOf(cron: string): Line | null {
  const fields = cron.trim().split(/\s+/);
  const [minuteField = '', hourField = '', monthDay = '', month = '', weekday = ''] = fields;
  const [minutes, hours] = [valuesOf(minuteField, 0, 59), valuesOf(hourField, 0, 23)];
  const [months, days] = [valuesOf(month, 1, 12), daysOf(monthDay, weekday)];
  if (fields.length !== 5 || minutes === null || hours === null || months === null || days === null) return null;
  return { minutes, hours, months: months.length === 12 ? [] : months, days };
}

const timesOf = ({ minutes, hours }: Line): string[] =>
  hours.flatMap((hour) => minutes.map((minute) => `${two(hour)}:${two(minute)}`));

/** Returns the window that begins and ends at full hours, with a run at its end, which needs more than one line; null for others. */
function windowOf(all: readonly number[]): Partial<BuiltSchedule> | null {
  const times = [...all].sort((a, b) => a - b);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const step = evenStep(times);
  const isWhole = first % 60 === 0 && last % 60 === 0;
  if (times.length <= 4 || !isWhole || !isOneOf(minuteSteps, step)) return null;
  return { every: 'minutes', step, window: { from: first / 60, to: last / 60 } };
}

/** Reads several cron lines that differ only in their times of day; null for any others. */
function readLines(crons: readonly string[], initial: BuiltSchedule): BuiltSchedule | null {
  const lines = crons.map(lineOf);
  const [first] = lines;
  if (first === null || first === undefined) return null;
  const sameDays = JSON.stringify([first.months, first.days]);
  const times = new Set<string>();
  for (const line of lines) {
    if (line === null || JSON.stringify([line.months, line.days]) !== sameDays) return null;
    for (const time of timesOf(line)) times.add(time);
  }
  const window =
    first.days.every === 'month'
      ? null
      : windowOf(lines.flatMap((line) => (line === null ? [] : minutesOfDay(timesOf(line)))));
  if (window !== null) return { ...initial, weekdays: first.days.weekdays ?? [], months: first.months, ...window };
  if (times.size > MOST_TIMES) return null;
  return { ...initial, ...first.days, months: first.months, times: [...times].sort() };
}

type Answer = Pick<ScheduleAnswer, 'kind' | 'cron' | 'scheduleRule' | 'timezone' | 'startDate' | 'endDate'>;

/**
 * Reads what a text means, as far as the builder can express it; null otherwise. Every nth month, windows that do not begin
 * at full hours and most days that cron has no word for it cannot: `cron` alone is wider than they are.
 */
export function readAnswer(answer: Answer, initial: BuiltSchedule): BuiltSchedule | null {
  if (answer.kind === 'on-demand') return readBuilt('on demand', initial);
  const { scheduleRule, timezone } = answer;
  const events = eventsOf({ runAt: neverRunAt, scheduleRule });
  if (events.length > 0) return { ...initial, every: 'event', events };
  const [start, end] = [answer.startDate, answer.endDate].map((at) =>
    at === undefined ? '' : formatFieldTime(at, timezone),
  );
  const days = { start: start?.slice(0, 10) ?? '', end: end?.slice(0, 10) ?? '' };
  const { lines, crons, every, interval } = scheduleRule ?? {};
  if (interval !== undefined) {
    const from = formatFieldTime(interval.from, timezone);
    return { ...initial, ...days, every: 'interval', step: interval.minutes, ...anchor(from) };
  }
  const written = lines ?? crons;
  const built = written === undefined ? readBuilt(answer.cron ?? '', initial) : readLines(written, initial);
  if (built === null || every === undefined) return built && { ...built, ...days };
  // Steps of months that divide the year are months by name, which the builder has.
  if (every.unit === 'month') return null;
  // Every day of a week is every day to cron.
  const of: BuiltSchedule =
    every.unit === 'week' && built.every === 'day' ? { ...built, every: 'week', weekdays: range(0, 7) } : built;
  if (of.every !== every.unit || of.months.length > 0) return null;
  return { ...of, ...days, start: days.start === '' ? every.from : days.start, count: every.count };
}

const anchor = (from: string) => ({ start: from.slice(0, 10), times: [from.slice(11, 16)] });

/** Reads a cron expression, date and time, or `on demand`, that the builder can express; null for any other text. */
export function readBuilt(schedule: string, initial: BuiltSchedule): BuiltSchedule | null {
  if (/^on[ -]demand$/i.test(schedule.trim())) return { ...initial, every: 'demand' };
  const [, date, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(schedule.trim()) ?? [];
  if (date !== undefined && time !== undefined) return { ...initial, every: 'once', date, times: [time] };
  const line = lineOf(schedule);
  if (line === null) return null;
  const { minutes, hours, months, days } = line;
  const common = { ...initial, months };
  const interval = days.every === 'month' ? null : intervalOf(minutes, hours);
  if (interval !== null) return { ...common, weekdays: days.weekdays ?? [], ...interval };
  if (minutes.length * hours.length > MOST_TIMES) return null;
  return { ...common, ...days, times: timesOf(line) };
}
