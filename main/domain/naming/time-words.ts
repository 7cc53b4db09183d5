import type { CronSets } from '../cron/cron-sets.ts';
import { stepOf } from '../cron/format-cron.ts';
import { isRun, sentenceList } from './word-pair.ts';
import type { WordPair } from './word-pair.ts';

/** The most times of day that a readable name lists. */
const MOST_TIMES = 4;

/** `9am`, `2-30pm`, `noon`, `midnight`; `9:00 AM`. */
export function clockWords(hour: number, minute: number): WordPair {
  const half = hour < 12 ? 'am' : 'pm';
  const hour12 = hour % 12 === 0 ? 12 : hour % 12;
  const name = `${hour12}:${String(minute).padStart(2, '0')} ${half.toUpperCase()}`;
  if (minute === 0 && hour === 0) return { id: 'midnight', name };
  if (minute === 0 && hour === 12) return { id: 'noon', name };
  return { id: minute === 0 ? `${hour12}${half}` : `${hour12}-${String(minute).padStart(2, '0')}${half}`, name };
}

/**
 * How often a schedule runs within the day. `at` and `every` say how this joins the days: "weekdays at …", "… on
 * weekdays".
 */
export interface TimeWords extends WordPair {
  readonly kind: 'at' | 'every';
}

const every = (id: string, name: string): TimeWords => ({ kind: 'every', id, name });
const window = (from: WordPair, to: WordPair): WordPair => ({
  id: `${from.id}-to-${to.id}`,
  name: `from ${from.name} to ${to.name}`,
});

/** Returns the step of a set that divides its field, 1 for the whole field, or 0. */
function evenStep(values: readonly number[], size: number): number {
  if (values.length === size) return 1;
  const step = stepOf(values, 2);
  return step > 0 && size % step === 0 && values[0] === 0 && values.length === size / step ? step : 0;
}

function minuteWords(minutes: readonly number[]): WordPair | null {
  const step = evenStep(minutes, 60);
  if (step === 1) return { id: 'every-min', name: 'Every minute' };
  if (step > 1) return { id: `every-${step}min`, name: `Every ${step} minutes` };
  if (minutes.length === 1 && minutes[0] === 0) return { id: 'hourly', name: 'Hourly' };
  if (minutes.length > MOST_TIMES) return null;
  const names = minutes.map((minute) => `:${String(minute).padStart(2, '0')}`);
  return { id: `hourly-at-${minutes.join('-')}`, name: `Hourly at ${sentenceList(names)}` };
}

function allDayWords(minutes: readonly number[]): TimeWords | null {
  const words = minuteWords(minutes);
  return words === null ? null : { kind: 'every', ...words };
}

/** Returns the words for one minute at evenly spaced hours. */
function hourStepWords(minute: number, hours: readonly number[]): TimeWords | null {
  const even = evenStep(hours, 24);
  const at =
    minute === 0 ? { id: '', name: '' } : { id: `-at-${minute}`, name: ` at :${String(minute).padStart(2, '0')}` };
  if (even > 1) return every(`every-${even}hr${at.id}`, `Every ${even} hours${at.name}`);
  const ends = window(clockWords(hours[0] ?? 0, minute), clockWords(hours.at(-1) ?? 0, minute));
  if (isRun(hours, 3)) return every(`hourly-${ends.id}`, `Hourly ${ends.name}`);
  const step = stepOf(hours, 4);
  return step > 0 ? every(`every-${step}hr-${ends.id}`, `Every ${step} hours ${ends.name}`) : null;
}

/** Returns the words for several minutes within consecutive hours. */
function windowWords(minutes: readonly number[], hours: readonly number[]): TimeWords | null {
  const words = minuteWords(minutes);
  if (words === null || !isRun(hours, 1) || evenStep(minutes, 60) === 0) return null;
  const ends = window(clockWords(hours[0] ?? 0, minutes[0] ?? 0), clockWords(hours.at(-1) ?? 0, minutes.at(-1) ?? 0));
  return every(`${words.id}-${ends.id}`, `${words.name} ${ends.name}`);
}

function timesWords(minutes: readonly number[], hours: readonly number[]): TimeWords | null {
  if (minutes.length * hours.length > MOST_TIMES) return null;
  const times = hours.flatMap((hour) => minutes.map((minute) => clockWords(hour, minute)));
  return {
    kind: 'at',
    id: times.map(({ id }) => id).join('-and-'),
    name: `at ${sentenceList(times.map(({ name }) => name))}`,
  };
}

/** Returns the times of day of a schedule in a few words, or null if they need too many. */
export function timeWords({ minutes, hours }: CronSets): TimeWords | null {
  if (hours.length === 24) return allDayWords(minutes);
  const [minute] = minutes;
  const stepped =
    minutes.length === 1 && minute !== undefined && hours.length > 2 ? hourStepWords(minute, hours) : null;
  const twelve = minutes.length === 1 && minutes[0] === 0 && hours.length === 2 ? evenStep(hours, 24) : 0;
  if (twelve > 0) return every(`every-${twelve}hr`, `Every ${twelve} hours`);
  return stepped ?? timesWords(minutes, hours) ?? windowWords(minutes, hours);
}
