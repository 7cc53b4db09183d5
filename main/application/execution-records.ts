import { SchedulerError } from '../domain/errors.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { ExecutionRecords } from './application.ts';

/** The record of what ran. */
export function executionRecords(ledger: Ledger): ExecutionRecords {
  return {
    get: (executionId) => ledger.get(executionId),
    list: (filter) => ledger.list(filter),
    outcomes: (since, stepMs) => ledger.outcomes(since, stepMs),
    setup: (executionId) => ledger.setup(executionId),
    find: (executionId) => {
      const execution = ledger.get(executionId);
      if (execution !== null) return execution;
      throw new SchedulerError(
        'execution/not-found',
        `There is no execution with the id "${executionId}". \`executions\` lists them; old ones are removed by the settings.`,
        { executionId },
      );
    },
  };
}
