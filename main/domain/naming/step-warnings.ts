import type { CronSets } from '../cron/cron-sets.ts';
import { stepOf } from '../cron/format-cron.ts';
import { WEEKDAY_NAMES } from '../cron/calendar-names.ts';
import { sentenceList } from './lists.ts';

const count = (value: number, unit: string): string => `${value} ${unit}${value === 1 ? '' : 's'}`;
const pastHour = (minute: number): string => `:${String(minute).padStart(2, '0')}`;

/**
 * Returns the step that was probably meant when a set starts at 0 and its last gap is shorter than the others, or 0.
 */
function unevenStep(values: readonly number[], size: number): number {
  const [first, second] = values;
  if (first !== 0 || second === undefined) return 0;
  const step = values.length === 2 ? second : stepOf(values, 3);
  const rest = size - (values.at(-1) ?? 0);
  return step > rest && step > 1 && step * values.length >= size ? step : 0;
}

function timeSteps({ minutes, hours }: CronSets): string[] {
  const warnings: string[] = [];
  const minuteStep = unevenStep(minutes, 60);
  if (minuteStep > 0) {
    const last = count(60 - (minutes.at(-1) ?? 0), 'minute');
    warnings.push(
      `This is not every ${minuteStep} minutes: it runs at ${sentenceList(minutes.map(pastHour))} of each hour, so the last interval of each hour is only ${last}.`,
    );
  }
  const hourStep = unevenStep(hours, 24);
  if (hourStep > 0) {
    const last = count(24 - (hours.at(-1) ?? 0), 'hour');
    warnings.push(
      `This is not every ${hourStep} hours: it starts again at midnight, so the last interval of each day is only ${last}.`,
    );
  }
  return warnings;
}

/** Returns whether values count from 1 in steps until the end of a field, as with a step of 14 days. */
const isCounted = (values: readonly number[], max: number): boolean => {
  const step = stepOf(values, 2);
  return step > 0 && values[0] === 1 && (values.at(-1) ?? 0) + step > max;
};

/** Sunday, Tuesday, Thursday and Saturday: what a step of 2 means, and not every other day. */
const EVERY_SECOND_WEEKDAY = '0,2,4,6';

function daySteps({ days, months }: CronSets): string[] {
  const warnings: string[] = [];
  if (isCounted(days.monthDays ?? [], 31)) {
    warnings.push('Days of the month start again at 1 each month, so the interval at the end of a month differs.');
  }
  if (days.weekdays?.join(',') === EVERY_SECOND_WEEKDAY) {
    warnings.push('This is not every other day: it runs on Saturday and on Sunday.');
  }
  if (isCounted(months, 12) && 12 % stepOf(months, 2) !== 0) {
    warnings.push(`This is not every ${stepOf(months, 2)} months: it starts again each January.`);
  }
  return warnings;
}

/** Returns sentences about steps that are not the even intervals they look like. */
export const stepWarnings = (sets: CronSets): string[] => [...timeSteps(sets), ...daySteps(sets)];

const isEven = (values: readonly number[], size: number): boolean =>
  values.every((value, index) => {
    const next = values[index + 1] ?? (values[0] ?? 0) + size;
    return next - value === size / values.length;
  });

/** A step without an end, from a value of its own: `5/40`. */
const openStep = (field: string | undefined): string | undefined => /(?:^|,)(\d+\/\d+)(?:,|$)/.exec(field ?? '')?.[1];

/**
 * Returns sentences about steps in an expression as it was typed: `5/40` in the minutes, and `1/2` in the weekdays, which
 * people write for every other Monday. A list of the same values is meant as it is.
 */
export function typedStepWarnings(expression: string, { minutes, hours, days }: CronSets): string[] {
  const [minute, hour, , , weekday] = expression.trim().split(/\s+/);
  const warnings: string[] = [];
  const [inMinutes, inHours, inWeekdays] = [openStep(minute), openStep(hour), openStep(weekday)];
  if (inMinutes !== undefined && !isEven(minutes, 60)) {
    warnings.push(`"${inMinutes}" starts again each hour: it runs at ${sentenceList(minutes.map(pastHour))}.`);
  }
  if (inHours !== undefined && !isEven(hours, 24)) {
    warnings.push(`"${inHours}" starts again each day: it runs in the hours ${sentenceList(hours.map(String))}.`);
  }
  if (inWeekdays !== undefined) {
    const names = sentenceList((days.weekdays ?? []).map((day) => WEEKDAY_NAMES[day] ?? ''));
    warnings.push(`"${inWeekdays}" counts days, not weeks: it runs on ${names} of every week.`);
  }
  return warnings;
}
