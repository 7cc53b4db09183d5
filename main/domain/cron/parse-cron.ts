import { SchedulerError } from '../errors.ts';
import { HOUR, MINUTE, MONTH } from './cron-fields.ts';
import type { CronExpression, CronSets, DayRule } from './cron-sets.ts';
import { readDialect } from './dialects.ts';
import { formatCron } from './format-cron.ts';
import { MOST_LISTED_TIMES } from './listed-times.ts';
import { normalForm } from './normal-form.ts';
import { parseDays } from './parse-days.ts';
import { parseField } from './parse-field.ts';

const MACROS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** Longer than an expression with every field written out in full. */
const LONGEST = 1000;

const invalid = (message: string, value: string): SchedulerError =>
  new SchedulerError('schedule/invalid-cron', message, { field: 'expression', value: value.slice(0, 200) });

function expandMacro(text: string): string {
  if (!text.startsWith('@')) return text;
  const expanded = Object.hasOwn(MACROS, text) ? MACROS[text] : undefined;
  if (expanded !== undefined) return expanded;
  const known = Object.keys(MACROS).join(', ');
  if (text === '@reboot') {
    throw invalid(
      '"@reboot" names an event, not a time, so it cannot be part of a cron expression. Write it alone.',
      text,
    );
  }
  throw invalid(`"${text.slice(0, 40)}" is not a known macro. Use one of ${known}.`, text);
}

function splitFields(text: string): string[] {
  const fields = text === '' ? [] : text.split(/\s+/);
  if (fields.length === 6 || fields.length === 7) {
    const read = readDialect(fields);
    const message =
      'problem' in read
        ? read.problem
        : `"${text.slice(0, 80)}" has ${fields.length} fields. Write "${read.expression}".`;
    throw new SchedulerError('schedule/seconds-not-supported', message, { field: 'second', value: fields[0] ?? '' });
  }
  if (fields.length !== 5) {
    throw invalid(
      `A cron expression has five fields (minute, hour, day-of-month, month, day-of-week), for example "0 9 * * 1-5". This one has ${fields.length}.`,
      text,
    );
  }
  return fields;
}

function isInterval({ minutes, hours }: { minutes: readonly number[]; hours: readonly number[] }): boolean {
  const isEven = minutes.every((minute, index) => minute === (minutes[0] ?? 0) + (index * 60) / minutes.length);
  return minutes.length > 1 && isEven && minutes.length * hours.length > MOST_LISTED_TIMES;
}

const inOrder = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** Compiles values to their canonical expression; they may be unsorted and repeated. Null when no day ever matches. */
export function cronOf(
  minutes: readonly number[],
  hours: readonly number[],
  months: readonly number[],
  days: DayRule,
): CronExpression | null {
  const normal = normalForm(days, inOrder(months));
  if (normal === null) return null;
  const times = { minutes: inOrder(minutes), hours: inOrder(hours) };
  const followsRealTime = times.hours.length === 24;
  const repeatsWithinHours = followsRealTime || isInterval(times);
  const sets: CronSets = { ...times, ...normal, followsRealTime, repeatsWithinHours };
  return { canonical: formatCron(sets), sets };
}

/**
 * Parses a 5-field cron expression or an `@` macro, in any case and spacing.
 *
 * Takes names, lists, ranges, steps, `?`, `L`, `5L`, `5#2` and 7 for Sunday; also days that cron cannot say: `L-3`, `15W`, `LW`,
 * `3WD` (the third working day), `LW-1` (the one before the last) and `13 * +5` (a day must match both fields). The result is canonical: equal meaning,
 * equal text.
 *
 * @throws SchedulerError `schedule/invalid-cron` with `details.field` and `details.value`;
 * `schedule/seconds-not-supported` for six or seven fields; `schedule/never-fires` for dates that do not exist.
 */
export function parseCron(text: string): CronExpression {
  if (text.length > LONGEST) throw invalid(`A cron expression has at most ${LONGEST} characters.`, text);
  const [minute = '', hour = '', monthDay = '', month = '', weekday = ''] = splitFields(
    expandMacro(text.trim().toLowerCase()),
  );
  const cron = cronOf(
    parseField(MINUTE, minute),
    parseField(HOUR, hour),
    parseField(MONTH, month),
    parseDays(monthDay, weekday),
  );
  if (cron !== null) return cron;
  throw new SchedulerError(
    'schedule/never-fires',
    `This schedule never fires: none of the months ${month} has a day ${monthDay}. Choose a day that exists, or L for the last day of the month.`,
    { field: 'day-of-month', value: monthDay, months: month },
  );
}
