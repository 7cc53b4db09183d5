import { recentRunLimit } from '../../contract/recent-runs.ts';
import { recentFigures } from '../../services/reports/figures/recent-figures.ts';
import { foundExecution } from '../../domain/not-found.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { ExecutionRecords } from '../operations.ts';

/** Returns the operations that read recorded runs. */
export function executionRecords(ledger: Ledger): ExecutionRecords {
  return {
    get: (executionId) => ledger.get(executionId),
    list: (filter) => ledger.list(filter),
    outcomes: (since, stepMs) => ledger.outcomes(since, stepMs),
    figures: (taskIds, withRuns) =>
      [...ledger.latestRuns(taskIds, recentRunLimit)].map(([taskId, runs]) => ({
        taskId,
        runs: withRuns ? runs : [],
        ...recentFigures(runs),
      })),
    setup: (executionId) => ledger.setup(executionId),
    find: (executionId) => foundExecution(ledger.get(executionId), executionId),
  };
}
