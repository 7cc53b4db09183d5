import type { Execution } from './execution.ts';

/** From here on, an exit code stands for a signal, which the message explains (sh(1)). */
const SIGNAL_CODES = 128;

/**
 * Returns why a run failed, in one line: what the program itself said, with its exit code, else the message of the
 * error. Empty for a run without an error.
 */
export function failureHeadline({ error, exitCode }: Pick<Execution, 'error' | 'exitCode'>): string {
  if (error === null) return '';
  if (error.code !== 'shell/exit-code' || error.line === undefined || exitCode === null || exitCode > SIGNAL_CODES)
    return error.message;
  return `${error.line} (exit code ${exitCode})`;
}
