import type { Execution } from '../../../contract/execution.ts';
import type { Task } from '../../../contract/task.ts';
import type { ExecutionSpec } from '../../../contract/worker.ts';
import { withUpstreamValues } from '../../../domain/follow-up/references.ts';
import { resultFileOf, upstreamOf, upstreamVariables } from '../../../domain/follow-up/upstream.ts';

type FollowUp = Pick<ExecutionSpec, 'parameters' | 'env' | 'resultFile'>;

/**
 * Returns what a run gets of the run before it: variables, the result in a file, and parameters with its values. A task
 * that runs after no other one has no references: `{"$from": …}` in its parameters is as written.
 * @throws SchedulerError `execution/no-value-before`, `execution/no-run-before`.
 */
export function followUp(
  task: Task,
  after: Execution | undefined,
  logPath: string,
  { parameters, env }: Pick<FollowUp, 'parameters' | 'env'>,
): FollowUp {
  if ((task.policies?.after ?? []).length === 0 && after === undefined) return { parameters, env };
  const upstream = after === undefined ? null : upstreamOf(after);
  const takesValues = task.tool !== 'shell:run';
  const values = { parameters: takesValues ? withUpstreamValues(parameters, upstream) : parameters };
  if (after === undefined || upstream === null) return { ...values, env };
  const content = upstream.result === null ? null : JSON.stringify(upstream.result);
  const path = content === null ? null : resultFileOf(logPath);
  return {
    ...values,
    env: { ...env, ...upstreamVariables(after, path) },
    ...(content === null || path === null ? {} : { resultFile: { path, content } }),
  };
}
