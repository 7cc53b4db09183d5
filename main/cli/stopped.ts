import { SchedulerError } from '../domain/errors.ts';

/** Returns the error of a command that a signal has ended before it was done. */
export function stoppedError(): SchedulerError {
  return new SchedulerError('execution/stopped', 'The command was stopped before it was done.');
}
