import cronstrue from 'cronstrue';
import type { ClockStyle } from '../../contract/time-style.ts';
import { HOUR, MINUTE } from '../cron/cron-fields.ts';
import type { CronSets, DayRule } from '../cron/cron-sets.ts';
import { formatMonthDays, formatSet, formatWeekdays, runsOf } from '../cron/format-cron.ts';

type Describe = (expression: string) => string;

const describer =
  (clock: ClockStyle): Describe =>
  (expression) =>
    cronstrue
      .toString(expression, { use24HourTimeFormat: clock === '24h', trimHoursLeadingZero: true, verbose: false })
      .replace(/\b0(?=\d:\d\d)/g, '');

/** Returns the values spelled out if their step is uneven: "every 7 minutes" would be wrong at the full hour. */
function spelledOut(values: readonly number[], min: number, max: number): string {
  const text = formatSet(values, min, max);
  return /\d\/\d/.test(text) ? values.join(',') : text;
}

/** Returns the words that one more field adds to `base`, the description of the time alone. */
function added(describe: Describe, base: string, time: string, rest: string): string {
  const whole = describe(`${time} ${rest}`);
  return whole.startsWith(base) ? whole.slice(base.length).replace(/^, (only )?/, '') : whole;
}

/** Spells out a step of days too, because it starts again each month. */
function listedMonthDays(days: DayRule): string {
  const text = formatMonthDays(days);
  return text.includes('/') ? [...(days.monthDays ?? []), ...(days.lastDayOfMonth ? ['L'] : [])].join(',') : text;
}

/**
 * Describes each part of the day rule on its own: cronstrue joins the day fields, and a list with `#`, by "and",
 * although either is enough.
 */
function dayParts(describe: Describe, base: string, time: string, days: DayRule): string[] {
  const parts: string[] = [];
  const weekday = (rule: DayRule): string =>
    added(describe, base, time, `* * ${formatWeekdays(rule)}`).replace(/^(?!on )/, 'on ');
  if (days.monthDays !== null) parts.push(added(describe, base, time, `${listedMonthDays(days)} * *`));
  if ((days.weekdays?.length ?? 0) > 0) parts.push(weekday({ ...days, nthWeekdays: [] }));
  for (const nth of days.nthWeekdays) parts.push(weekday({ ...days, weekdays: [], nthWeekdays: [nth] }));
  return parts;
}

/** Describes a schedule for which a few words are not enough: each field on its own, joined by commas. */
export function cronstrueSentence(sets: CronSets, clock: ClockStyle): string {
  const describe = describer(clock);
  const time = `${spelledOut(sets.minutes, MINUTE.min, MINUTE.max)} ${spelledOut(sets.hours, HOUR.min, HOUR.max)}`;
  const month = sets.months.length === 12 ? '*' : runsOf(sets.months).join(',');
  const base = describe(`${time} * * *`);
  const parts = dayParts(describe, base, time, sets.days);
  const days = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`;
  const months = month === '*' ? '' : added(describe, base, time, `* ${month} *`);
  return [base, days, months].filter((part) => part !== '').join(', ');
}
