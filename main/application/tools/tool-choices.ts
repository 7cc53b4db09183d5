import { SchedulerError } from '../../domain/errors.ts';

export interface ToolChoices {
  readonly paused: string;
  readonly unchecked: string;
}

/**
 * Adds the two ways to save anyway, with the caller's option names, to the error for a tool that could not be checked.
 * Returns any other error unchanged.
 */
export function withChoices(error: unknown, choices: ToolChoices): unknown {
  if (!(error instanceof SchedulerError) || error.code !== 'task/tool-unverified') return error;
  const { code, message, details } = error;
  const how = `Use ${choices.paused} to save the task paused, or ${choices.unchecked} to save it without the check.`;
  return new SchedulerError(code, `${message} ${how}`, { ...details, choices });
}
