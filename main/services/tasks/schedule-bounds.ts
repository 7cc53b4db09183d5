import type { ScheduleAnswer } from '../../contract/schedule-answer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { LATEST_MS } from '../../domain/timing/slots.ts';

interface Dates {
  readonly startDate?: string | null | undefined;
  readonly endDate?: string | null | undefined;
}

/**
 * Returns a draft or change with the first and last day that its schedule says: "every day at 9 from 1 December".
 *
 * @throws SchedulerError `task/invalid` if a field says another date than the schedule.
 */
export function withBounds<T extends Dates>(given: T, { startDate, endDate }: Pick<ScheduleAnswer, keyof Dates>): T {
  assertSame('startDate', given.startDate, startDate);
  assertSame('endDate', given.endDate, endDate);
  return {
    ...given,
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  };
}

/**
 * @throws SchedulerError `task/invalid` if a task with these dates would never run, or its start is later than schedules
 * can run.
 */
export function assertDates({ startDate, endDate }: Dates, nowMs: number): void {
  const startMs = startDate === null || startDate === undefined ? nowMs : Date.parse(startDate);
  if (startMs >= LATEST_MS) throw never('startDate', `is ${startDate ?? ''}. Choose a day before the year 9999.`);
  if (endDate === null || endDate === undefined) return;
  const now = new Date(nowMs).toISOString();
  if (Date.parse(endDate) <= nowMs)
    throw never('endDate', `is ${endDate}, which has passed (it is ${now}). Choose a later end date.`);
  if (Date.parse(endDate) <= startMs)
    throw never('endDate', `is ${endDate}, before startDate, which is ${startDate ?? now}. Choose a later end date.`);
}

/**
 * Checks the dates of a changed task if they or its schedule change: a task that has ended can still be renamed.
 * @throws as `assertDates`.
 */
export function assertChangedDates(
  before: Dates,
  change: Dates & { readonly schedule?: unknown },
  nowMs: number,
): void {
  if (change.startDate === undefined && change.endDate === undefined && change.schedule === undefined) return;
  const { startDate = before.startDate, endDate = before.endDate } = change;
  assertDates({ startDate, endDate }, nowMs);
}

const never = (field: keyof Dates, problem: string): SchedulerError =>
  new SchedulerError('task/invalid', `The task would never run: ${field} ${problem}`, { field });

function assertSame(field: keyof Dates, given: string | null | undefined, said: string | undefined): void {
  if (given === undefined || given === null || said === undefined || Date.parse(given) === Date.parse(said)) return;
  throw new SchedulerError(
    'task/invalid',
    `${field} is ${given}, but the schedule says ${said}. Remove the date from one of them.`,
    { field, value: given },
  );
}
