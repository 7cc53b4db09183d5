import type { Doubt, DoubtPolicy } from '../../../contract/doubt.ts';
import type { RunResult } from '../execution-outcome.ts';
import type { ExecutionRecords, NewExecution } from '../../../ports/ledger/executions.ts';

/** An empty output is doubtful after this many runs that had output. */
const runsWithOutput = 10;

/**
 * Returns the result of a run, doubtful (or a failure, if the task wants that) if it has no output although the ten
 * successful runs before it, with the same parameters, had some. The worker cannot know that: it has no ledger.
 */
export function withEmptyDoubt(
  ledger: Pick<ExecutionRecords, 'emptiness'>,
  execution: NewExecution,
  policy: DoubtPolicy,
  result: RunResult,
): RunResult {
  if (policy === 'ignore' || result.status !== 'success' || result.isEmpty !== true) return result;
  const before = ledger.emptiness(execution, runsWithOutput);
  if (before.length < runsWithOutput || before.includes(true)) return result;
  const message = 'The output is empty, although the ten runs before it had some.';
  if (policy === 'fail') return { ...result, status: 'failure', error: { code: 'doubt/empty', message } };
  const doubt: Doubt = { sign: 'empty', message, line: null, criterion: { check: 'not-empty' } };
  return { ...result, doubt };
}
