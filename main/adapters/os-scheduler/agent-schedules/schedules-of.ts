import { parseCron } from '../../../domain/cron/parse-cron.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import { cronSpecs, Unsaid } from '../reading/reading.ts';

/** Reads a cron expression with five fields, or with more: seconds at the beginning, a year at the end. @throws Unsaid */
export function cronSchedules(expression: string, timezone: string): ScheduleSpec[] {
  const fields = expression.trim().split(/\s+/);
  const [seconds, year] = [fields.length > 5 ? fields.shift() : '0', fields.length > 5 ? fields.pop() : '*'];
  if (!/^0+$/.test(seconds ?? '') || (year !== '*' && year !== '?'))
    throw new Unsaid(`Its cron expression "${expression.trim()}" names seconds or a year, which a task cannot do.`);
  return sayable(() => cronSpecs([parseCron(fields.join(' '))], timezone));
}

/** Runs a reader of schedules. What it refuses is why the schedule cannot become a task. @throws Unsaid */
export function sayable<T>(read: () => T): T {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof SchedulerError) throw new Unsaid(messageOf(problem));
    throw problem;
  }
}

/** Returns a text of a field; null if it is absent or empty. @throws Unsaid if it is something else */
export function textOf(value: unknown, field: string): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new Unsaid(`Its field "${field}" is not text.`);
  return value;
}

/** As `textOf`, of a field that must be there. @throws Unsaid */
export function requiredText(value: unknown, field: string): string {
  const text = textOf(value, field)?.trim() ?? '';
  if (text === '') throw new Unsaid(`Its field "${field}" is missing.`);
  return text;
}

/** Returns the id of a schedule; empty if it has none. */
export const idOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Returns the texts of a list; an absent list is empty. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string' && each !== '') : [];

/** Returns an instant that is written as ISO text or as epoch ms; null if it is neither. */
export function instantOf(value: unknown): number | null {
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}
