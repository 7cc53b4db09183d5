import { minuteMs } from '../durations.ts';
import { SchedulerError } from '../errors.ts';
import type { Phase } from './phase.ts';

/** A schedule as exact text (`scheduleText`), in its parts. */
export type ExactText =
  | { readonly kind: 'lines'; readonly lines: readonly string[]; readonly phase: Phase | null }
  | { readonly kind: 'interval'; readonly minutes: number; readonly from: string | null };

const DATE = String.raw`\d{4}-\d\d-\d\d`;
const PHASE = new RegExp(String.raw`^(.*\S)\s+every\s+(\d{1,4})\s+(day|week|month)s?\s+from\s+(${DATE})$`, 'is');
const INTERVAL = /^@every\s+((?:\d+(?:\.\d+)?[a-zµ]+)+)(?:\s+from\s+(\S+))?$/i;

const UNITS_MS: Readonly<Record<string, number>> = { h: 60 * minuteMs, m: minuteMs, s: 1000, ms: 1 };

function invalid(message: string, value: string): SchedulerError {
  return new SchedulerError('schedule/invalid-interval', message, { field: 'schedule', value: value.slice(0, 60) });
}

/** Reads a duration as Go writes it (https://pkg.go.dev/time#ParseDuration): `65m`, `1h30m`. */
function minutesOf(duration: string): number {
  let ms = 0;
  for (const [, amount = '', unit = ''] of duration.toLowerCase().matchAll(/(\d+(?:\.\d+)?)([a-zµ]+)/g)) {
    const unitMs = UNITS_MS[unit];
    if (unitMs === undefined)
      throw invalid(`"${duration}" is not a duration. Write hours and minutes: @every 1h30m.`, duration);
    ms += Number(amount) * unitMs;
  }
  const minutes = ms / minuteMs;
  if (Number.isInteger(minutes) && minutes > 0) return minutes;
  throw invalid(
    `"@every ${duration}" is not a number of full minutes. Schedules run on full minutes: write @every ${Math.max(1, Math.ceil(minutes))}m.`,
    duration,
  );
}

function phaseOf(count: string, unit: string, from: string): Phase | null {
  const date = new Date(`${from}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== from)
    throw invalid(`"${from}" is not a date that exists. Write it like 2026-12-04.`, from);
  const number = Number(count);
  if (number < 1 || number > 1000) throw invalid(`"every ${count} ${unit}s" must count 1 to 1000.`, count);
  return number === 1 ? null : { count: number, unit: unit.toLowerCase() as Phase['unit'], from };
}

/**
 * Reads `30 6 * * *; 0 15 * * *`, `0 9 * * 5 every 2 weeks from 2026-12-04` and `@every 90m`. Null for any other text, and
 * for a single cron expression.
 *
 * @throws SchedulerError `schedule/invalid-interval`.
 */
export function readExactText(text: string): ExactText | null {
  const [, duration, from = null] = INTERVAL.exec(text) ?? [];
  if (duration !== undefined) return { kind: 'interval', minutes: minutesOf(duration), from };
  const [, rest = text, count, unit = '', date = ''] = PHASE.exec(text) ?? [];
  const lines = rest.split(/[;\n]/).map((line) => line.trim());
  const whole = lines.filter((line) => line !== '');
  if (count === undefined) return whole.length > 1 ? { kind: 'lines', lines: whole, phase: null } : null;
  return { kind: 'lines', lines: whole, phase: phaseOf(count, unit, date) };
}
