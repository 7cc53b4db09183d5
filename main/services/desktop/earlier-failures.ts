import type { Execution } from '../../contract/execution.ts';
import { runFailed } from '../../domain/statuses.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';

/** Limit of runs that are read one by one. */
const mostRead = 200;
const failed: ReadonlySet<string> = runFailed;

/**
 * Returns the failures after which their tasks have not run again, newest first, without those that are `listed`. A task
 * that runs each minute fills a list of the latest runs, and must not hide that the backup of the night failed.
 *
 * @param since ISO instant; failures before it are left out @default none are
 */
export function earlierFailures(
  ledger: Pick<ExecutionRecords, 'get'> & RunStates,
  taskIds: readonly string[],
  listed: readonly Execution[],
  since = '',
): Execution[] {
  const known = new Set(listed.map(({ executionId }) => executionId));
  return [...ledger.runState(taskIds).values()]
    .flatMap(({ lastExecutionId: id, lastExecutionAt, lastStatus }) => {
      const at = lastExecutionAt ?? '';
      return id !== null && failed.has(lastStatus ?? '') && at >= since && !known.has(id) ? [{ id, at }] : [];
    })
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, mostRead)
    .flatMap(({ id }) => ledger.get(id) ?? []);
}
