import { SchedulerError } from '../domain/errors.ts';

export interface ToolChoices {
  readonly paused: string;
  readonly unchecked: string;
}

const ofCommandLine: ToolChoices = { paused: '--paused', unchecked: '--skip-validation' };

/** Adds how to choose, in the words of the caller, to the error for a tool whose server could not be asked. */
export function withChoices(error: unknown, choices: ToolChoices = ofCommandLine): unknown {
  if (!(error instanceof SchedulerError) || error.code !== 'task/tool-unverified') return error;
  const { code, message, details } = error;
  const how = `${choices.paused} saves it paused; ${choices.unchecked} saves it without the check.`;
  return new SchedulerError(code, `${message} ${how}`, { ...details, choices });
}
