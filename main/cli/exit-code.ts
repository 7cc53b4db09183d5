import { exitCodes } from '../contract/exit-codes.ts';
import type { Execution } from '../contract/execution.ts';
import { notSuccessful } from '../domain/statuses.ts';

const byGroup: Readonly<Record<string, number>> = {
  usage: exitCodes.usage,
  schedule: exitCodes.usage,
  task: exitCodes.usage,
  timing: exitCodes.usage,
  execution: exitCodes.usage,
  history: exitCodes.usage,
  agent: exitCodes.usage,
  secret: exitCodes.usage,
  mcp: exitCodes.usage,
  web: exitCodes.usage,
  fleet: exitCodes.usage,
  store: exitCodes.store,
  os: exitCodes.osScheduler,
  worker: exitCodes.runFailed,
  control: exitCodes.runFailed,
};

/** Errors of a run that started, or of a server that did not answer. The command line itself was correct. */
const failedRuns: ReadonlySet<string> = new Set([
  'execution/test-run-failed',
  'execution/failed',
  'execution/stopped',
  'execution/alert-not-sent',
  'mcp/tool-error',
  'mcp/tool-failed',
  'mcp/unreachable',
  'mcp/not-started',
  'mcp/exited',
  'mcp/no-answer',
  'fleet/away',
  'fleet/denied',
]);

/** Returns the exit code of an error: 3 for `…/not-found` in any group, otherwise the code of its group. */
export function exitCodeOfError(code: string): number {
  if (failedRuns.has(code)) return exitCodes.runFailed;
  const [group = '', word = ''] = code.split('/');
  if (word === 'not-found') return exitCodes.notFound;
  return byGroup[group] ?? exitCodes.runFailed;
}

/** Returns 1 if a run did not succeed, otherwise 0. Of several attempts at one slot only the last counts. */
export function exitCodeOfRuns(executions: readonly Execution[]): number {
  const last = new Map<string, Execution>();
  for (const execution of executions) {
    const key = `${execution.taskId} ${execution.slot ?? execution.executionId}`;
    if ((last.get(key)?.attempt ?? 0) <= execution.attempt) last.set(key, execution);
  }
  return [...last.values()].some(({ status }) => notSuccessful.has(status)) ? exitCodes.runFailed : exitCodes.done;
}
