import type { CronSets } from '../cron/cron-sets.ts';
import { stepOf } from '../cron/format-cron.ts';
import { evenRun } from '../cron/listed-times.ts';
import { isRun } from './lists.ts';

/** The most times of day that a readable id lists. */
const MOST_TIMES = 4;

/** `9am`, `2-30pm`, `noon`, `midnight`. */
function clockId(hour: number, minute: number): string {
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'noon';
  const half = hour < 12 ? 'am' : 'pm';
  const hour12 = hour % 12 === 0 ? 12 : hour % 12;
  return minute === 0 ? `${hour12}${half}` : `${hour12}-${String(minute).padStart(2, '0')}${half}`;
}

/**
 * How often a schedule runs within the day. `at` and `every` say how this joins the days: `weekdays-9am`,
 * `hourly-weekdays`.
 */
export interface TimeId {
  readonly kind: 'at' | 'every';
  readonly id: string;
}

const every = (id: string): TimeId => ({ kind: 'every', id });

/** Returns the step of a set that divides its field, 1 for the whole field, or 0. */
export function evenStep(values: readonly number[], size: number): number {
  if (values.length === size) return 1;
  const step = stepOf(values, 2);
  return step > 0 && size % step === 0 && values[0] === 0 && values.length === size / step ? step : 0;
}

function minutesId(minutes: readonly number[]): string | null {
  const step = evenStep(minutes, 60);
  if (step > 0) return step === 1 ? 'every-min' : `every-${step}min`;
  if (minutes.length === 1 && minutes[0] === 0) return 'hourly';
  return minutes.length > MOST_TIMES ? null : `hourly-at-${minutes.join('-')}`;
}

/** Returns the id of one minute at evenly spaced hours. */
function hourStepId(minute: number, hours: readonly number[]): TimeId | null {
  const even = evenStep(hours, 24);
  if (even > 1) return every(`every-${even}hr${minute === 0 ? '' : `-at-${minute}`}`);
  const ends = `${clockId(hours[0] ?? 0, minute)}-to-${clockId(hours.at(-1) ?? 0, minute)}`;
  if (isRun(hours, 3)) return every(`hourly-${ends}`);
  const step = stepOf(hours, 4);
  return step > 0 ? every(`every-${step}hr-${ends}`) : null;
}

/** Returns the id of several minutes within consecutive hours. */
function windowId(minutes: readonly number[], hours: readonly number[]): TimeId | null {
  const id = minutesId(minutes);
  if (id === null || !isRun(hours, 1) || evenStep(minutes, 60) === 0) return null;
  const from = clockId(hours[0] ?? 0, minutes[0] ?? 0);
  return every(`${id}-${from}-to-${clockId(hours.at(-1) ?? 0, minutes.at(-1) ?? 0)}`);
}

function timesId(minutes: readonly number[], hours: readonly number[]): TimeId | null {
  if (minutes.length * hours.length > MOST_TIMES) return null;
  const times = hours.flatMap((hour) => minutes.map((minute) => clockId(hour, minute)));
  return { kind: 'at', id: times.join('-and-') };
}

/** Returns the times of day of a schedule in a few words, or null if they need too many. */
export function timeId({ minutes, hours }: CronSets): TimeId | null {
  if (hours.length === 24) {
    const id = minutesId(minutes);
    return id === null ? null : every(id);
  }
  const [minute] = minutes;
  const stepped = minutes.length === 1 && minute !== undefined && hours.length > 2 ? hourStepId(minute, hours) : null;
  const twelve = minutes.length === 1 && minutes[0] === 0 && hours.length === 2 ? evenStep(hours, 24) : 0;
  if (twelve > 0) return every(`every-${twelve}hr`);
  return stepped ?? timesId(minutes, hours) ?? windowId(minutes, hours);
}

/** Returns the id of lines whose times are one interval of minutes, as `every-15min-9am-to-5pm`; null for others. */
export function unionId(all: readonly CronSets[]): string | null {
  const times = all.flatMap(({ minutes, hours }) =>
    hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)),
  );
  const run = times.length > MOST_TIMES ? evenRun(times.sort((a, b) => a - b)) : null;
  if (run === null || run.step >= 60) return null;
  const at = (time: number): string => clockId(Math.floor(time / 60), time % 60);
  return `every-${run.step === 1 ? '' : run.step}min-${at(run.first)}-to-${at(run.last)}`;
}
