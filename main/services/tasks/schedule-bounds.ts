import type { ScheduleAnswer } from '../../contract/schedule-answer.ts';
import { SchedulerError } from '../../domain/errors.ts';

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

function assertSame(field: keyof Dates, given: string | null | undefined, said: string | undefined): void {
  if (given === undefined || given === null || said === undefined || Date.parse(given) === Date.parse(said)) return;
  throw new SchedulerError(
    'task/invalid',
    `${field} is ${given}, but the schedule says ${said}. Remove the date from one of them.`,
    { field, value: given },
  );
}
