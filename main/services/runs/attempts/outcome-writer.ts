import type { Execution } from '../../../contract/execution.ts';
import { SchedulerError, messageOf } from '../../../domain/errors.ts';
import type { ExecutionRecords, ExecutionResult, NewExecution } from '../../../ports/ledger/executions.ts';
import type { Logger } from '../../../ports/logger.ts';

export interface OutcomeWriterNeeds {
  readonly ledger: ExecutionRecords;
  readonly logger: Logger;
}

/**
 * Writes outcomes into the ledger. An outcome that cannot be written (full disk, ledger locked by a process that hangs)
 * is logged, kept, and written later; the run itself is not affected.
 */
export class OutcomeWriter {
  readonly #needs: OutcomeWriterNeeds;
  readonly #outstanding = new Map<string, ExecutionResult>();

  constructor(needs: OutcomeWriterNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns the execution as the ledger has it, or with error `store/…` if its outcome could not be stored. Never
   * throws.
   */
  write(execution: NewExecution, result: ExecutionResult): Execution {
    const { ledger, logger } = this.#needs;
    const { executionId } = execution;
    this.writeOutstanding();
    try {
      ledger.finish(executionId, result);
    } catch (problem) {
      this.#outstanding.set(executionId, result);
      logger.error('Could not write the outcome of an execution', {
        executionId,
        taskName: execution.taskName,
        status: result.status,
        problem: messageOf(problem),
      });
      return executionWith(execution, result, unwritten(result, problem));
    }
    return this.#read(execution, result);
  }

  /**
   * Tries again to write kept outcomes. Never throws; an outcome that fails again stays kept and is not logged again.
   */
  writeOutstanding(): void {
    for (const [executionId, result] of this.#outstanding) {
      try {
        this.#needs.ledger.finish(executionId, result);
      } catch {
        return;
      }
      this.#outstanding.delete(executionId);
      this.#needs.logger.info('Wrote an outcome that could not be written before', { executionId });
    }
  }

  #read(execution: NewExecution, result: ExecutionResult): Execution {
    const { executionId } = execution;
    try {
      const ended = this.#needs.ledger.get(executionId);
      if (ended !== null) return ended;
      throw new SchedulerError('store/execution-removed', 'it is no longer in the ledger', { executionId });
    } catch (problem) {
      const message = `The outcome was written, but could not be read back: ${messageOf(problem)}`;
      this.#needs.logger.error('Could not read an execution that ended', { executionId, problem: message });
      return executionWith(execution, result, { code: codeOf(problem, 'store/unreadable'), message });
    }
  }
}

/** Returns an execution as far as this process knows it, for when the ledger cannot be read. */
function executionWith(
  { owner: _owner, accounts: _accounts, ...started }: NewExecution,
  result: ExecutionResult,
  error: Execution['error'],
): Execution {
  const duration = Math.max(0, Date.parse(result.completedAt) - Date.parse(started.startedAt));
  return { ...started, ...result, duration, error };
}

function unwritten(result: ExecutionResult, problem: unknown): { code: string; message: string } {
  const own = result.error === null ? '' : ` Error of the run: ${result.error.message}`;
  return {
    code: codeOf(problem, 'store/unwritten'),
    message: `It ended (${result.status}), but the outcome could not be written to the ledger: ${messageOf(problem)} It is kept and written as soon as the ledger is available; if this process ends first, the run counts as interrupted.${own}`,
  };
}

function codeOf(problem: unknown, otherwise: string): string {
  return problem instanceof SchedulerError && problem.code.startsWith('store/') ? problem.code : otherwise;
}
