import { clockTime } from './clock-time.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { CronSets } from '../cron/cron-sets.ts';
import { stepOf } from '../cron/format-cron.ts';
import { MOST_LISTED_TIMES } from '../cron/listed-times.ts';
import { evenStep } from './time-ids.ts';
import { sentenceList } from './lists.ts';

/** The times of day of a schedule: `9:00 and 17:00`, or how often it runs and between which times. */
export type SentenceTimes =
  | { readonly kind: 'at'; readonly times: string }
  | { readonly kind: 'every'; readonly rate: string; readonly window: string | null };

/** The most windows of a day that a sentence lists. */
const MOST_WINDOWS = 3;
/** The most minutes of an hour that a sentence lists. */
const MOST_MINUTES = 12;

const everyTimes = (rate: string, window: string | null = null): SentenceTimes => ({ kind: 'every', rate, window });
/** Returns `Every hour`, `Every 2 weeks`. */
export const everyCount = (count: number, unit: string): string =>
  count === 1 ? `Every ${unit}` : `Every ${count} ${unit}s`;
const pastHour = (minute: number): string => `:${String(minute).padStart(2, '0')}`;

/** Returns a time of day; midnight and noon by their names. */
export function dayTime(hour: number, minute: number, clock: ClockStyle): string {
  if (minute === 0 && hour === 0) return 'midnight';
  return minute === 0 && hour === 12 ? 'noon' : clockTime(hour, minute, clock);
}

interface HourRun {
  readonly first: number;
  readonly last: number;
}

/** Returns the runs of hours that follow each other, past midnight too. */
function hourRuns(hours: readonly number[]): HourRun[] {
  const starts = hours.filter((hour) => !hours.includes((hour + 23) % 24));
  return starts.map((first) => {
    let last = first;
    while (hours.includes((last + 1) % 24)) last = (last + 1) % 24;
    return { first, last };
  });
}

/** Returns the only run of hours, if it has at least `least`; null if there are gaps. */
function hourRun(hours: readonly number[], least: number): HourRun | null {
  if (hours.length < least || hours.length === 24) return null;
  const [run, ...others] = hourRuns(hours);
  return run !== undefined && others.length === 0 ? run : null;
}

function minuteRate(minutes: readonly number[]): string | null {
  const step = evenStep(minutes, 60);
  if (step > 0) return everyCount(step, 'minute');
  if (minutes.length === 1 && minutes[0] === 0) return 'Every hour';
  return minutes.length > MOST_MINUTES ? null : `Every hour at ${sentenceList(minutes.map(pastHour))}`;
}

/** Returns the words for one minute at evenly spaced hours. */
function hourSteps(minute: number, hours: readonly number[], clock: ClockStyle): SentenceTimes | null {
  const even = evenStep(hours, 24);
  if (even > 1 && (hours.length > 2 || minute === 0)) {
    return everyTimes(`${everyCount(even, 'hour')}${minute === 0 ? '' : ` at ${pastHour(minute)}`}`);
  }
  const run = hourRun(hours, 3);
  const step = run === null ? stepOf(hours, 4) : 1;
  if (step === 0) return null;
  const [first, last] = run === null ? [hours[0] ?? 0, hours.at(-1) ?? 0] : [run.first, run.last];
  return everyTimes(
    everyCount(step, 'hour'),
    `${clockTime(first, minute, clock)} to ${clockTime(last, minute, clock)}`,
  );
}

/** Returns when a schedule runs within a day, or null if a few words cannot say it. */
export function sentenceTimes({ minutes, hours }: CronSets, clock: ClockStyle): SentenceTimes | null {
  if (hours.length === 24) {
    const rate = minuteRate(minutes);
    return rate === null ? null : everyTimes(rate);
  }
  const [minute = 0] = minutes;
  const stepped = minutes.length === 1 && hours.length > 1 ? hourSteps(minute, hours, clock) : null;
  if (stepped !== null) return stepped;
  if (minutes.length * hours.length <= MOST_LISTED_TIMES) {
    const times = hours.flatMap((hour) => minutes.map((past) => dayTime(hour, past, clock)));
    return { kind: 'at', times: sentenceList(times) };
  }
  const runs = hourRuns(hours);
  const step = evenStep(minutes, 60);
  if (runs.length > MOST_WINDOWS || step === 0) return null;
  const windows = runs.map(
    ({ first, last }) => `${clockTime(first, minute, clock)} to ${clockTime(last, minutes.at(-1) ?? 0, clock)}`,
  );
  return everyTimes(everyCount(step, 'minute'), sentenceList(windows));
}
