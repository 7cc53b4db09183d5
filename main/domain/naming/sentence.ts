import cronstrue from 'cronstrue';
import { DateTime } from 'luxon';
import { HOUR, MINUTE } from '../cron/cron-fields.ts';
import type { CronSets, DayRule } from '../cron/cron-sets.ts';
import { formatMonthDays, formatSet, formatWeekdays, runsOf } from '../cron/format-cron.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';

export { scheduleWarnings } from './warnings.ts';

const describe = (expression: string): string =>
  cronstrue.toString(expression, { use24HourTimeFormat: false, trimHoursLeadingZero: true, verbose: false });

/** Returns the values spelled out if their step is uneven: "every 7 minutes" would be wrong at the full hour. */
function spelledOut(values: readonly number[], min: number, max: number): string {
  const text = formatSet(values, min, max);
  return /\d\/\d/.test(text) ? values.join(',') : text;
}

/** Returns the words that one more field adds to `base`, the description of the time alone. */
function added(base: string, time: string, rest: string): string {
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
function dayParts(base: string, time: string, days: DayRule): string[] {
  const parts: string[] = [];
  const weekday = (rule: DayRule): string =>
    added(base, time, `* * ${formatWeekdays(rule)}`).replace(/^(?!on )/, 'on ');
  if (days.monthDays !== null) parts.push(added(base, time, `${listedMonthDays(days)} * *`));
  if ((days.weekdays?.length ?? 0) > 0) parts.push(weekday({ ...days, nthWeekdays: [] }));
  for (const nth of days.nthWeekdays) parts.push(weekday({ ...days, weekdays: [], nthWeekdays: [nth] }));
  return parts;
}

function cronSentence(sets: CronSets): string {
  const time = `${spelledOut(sets.minutes, MINUTE.min, MINUTE.max)} ${spelledOut(sets.hours, HOUR.min, HOUR.max)}`;
  const month = sets.months.length === 12 ? '*' : runsOf(sets.months).join(',');
  const base = describe(`${time} * * *`);
  const parts = dayParts(base, time, sets.days);
  const days = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}`;
  const months = month === '*' ? '' : added(base, time, `* ${month} *`);
  return [base, days, months].filter((part) => part !== '').join(', ');
}

/** Returns a schedule as one plain sentence, without full stop or zone: `At 9:00 AM, on Monday through Friday`. */
export function sentence(spec: ScheduleSpec): string {
  if (spec.kind === 'cron') return cronSentence(spec.cron.sets);
  const local = DateTime.fromMillis(spec.atMs, { zone: spec.timezone, locale: 'en-US' });
  return local.toFormat("'Once, on' cccc, d LLLL yyyy 'at' h:mm a");
}
