import { SchedulerError } from '../errors.ts';

/** Returns the refusal of a rule: which part cannot be a schedule, why, and what to write instead. */
export function rruleProblem(part: string, reason: string): SchedulerError {
  return new SchedulerError('schedule/rrule-not-supported', `${part} ${reason}`, {
    field: 'schedule',
    value: part.slice(0, 60),
  });
}
