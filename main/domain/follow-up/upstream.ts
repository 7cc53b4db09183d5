import type { Execution } from '../../contract/execution.ts';
import { plain } from '../visible-text.ts';

/** The longest value of a variable, in characters: all variables of a process together are limited. */
const longestValue = 4096;

/** What a follow-up can take of the run that it follows. */
export interface Upstream {
  readonly taskName: string;
  readonly taskId: string;
  readonly executionId: string;
  readonly status: string;
  readonly exitCode: number | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: unknown;
}

/** The fields of `Upstream`, which JSON pointers begin with. */
export const upstreamFields: readonly (keyof Upstream)[] = [
  'result',
  'status',
  'exitCode',
  'error',
  'taskName',
  'taskId',
  'executionId',
];

/** Returns the path of the file with the result of the run before, beside the follow-up's log. */
export function resultFileOf(logPath: string): string {
  return `${logPath}.after.json`;
}

export function upstreamOf({ taskName, taskId, executionId, status, exitCode, error, result }: Execution): Upstream {
  const reason = error === null ? null : { code: error.code, message: error.message };
  return { taskName, taskId, executionId, status, exitCode, error: reason, result: result ?? null };
}

/**
 * Returns the variables that tell a follow-up about the run that it follows. Control characters are escaped (`\n`) and
 * long values cut, because the text comes from programs and servers. A fact that the run does not have has no variable.
 * @param resultFile the file with the result as JSON; null if there is none
 */
export function upstreamVariables(run: Execution, resultFile: string | null): Record<string, string> {
  const facts = {
    NCP_AFTER_TASK: run.taskName,
    NCP_AFTER_TASK_ID: run.taskId,
    NCP_AFTER_EXECUTION_ID: run.executionId,
    NCP_AFTER_STATUS: run.status,
    NCP_AFTER_EXIT_CODE: run.exitCode?.toString(),
    NCP_AFTER_ERROR: run.error?.message,
  };
  const texts = Object.entries(facts).flatMap(([name, text]) => (text === undefined ? [] : [[name, bounded(text)]]));
  // Paths must stay exact.
  const paths = { NCP_AFTER_LOG: run.logPath, NCP_AFTER_RESULT_FILE: resultFile };
  const known = Object.entries(paths).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries([...texts, ...known]) as Record<string, string>;
}

function bounded(text: string): string {
  const shown = plain(text.slice(0, longestValue));
  return shown.length > longestValue ? `${shown.slice(0, longestValue - 1)}…` : shown;
}
