import { failureHeadline } from '../../contract/failure-headline.ts';
import type { Execution } from '../../contract/execution.ts';
import { messageOf } from '../../domain/errors.ts';
import { runFailed } from '../../domain/statuses.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { JournalLine, Supervisor } from '../../ports/supervisor.ts';

export interface SupervisionNeeds {
  /** Null if no service manager started this process. */
  readonly supervisor: Supervisor | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Keeps the service manager informed while `serve` runs. */
export interface Supervision {
  /** Writes what became of runs that have ended. */
  ended(executions: readonly Execution[]): void;
  stop(): void;
}

/** Signs of life within the time that the watchdog waits: one may be lost, or late on a busy machine. */
const signs = 4;

export function supervise({ supervisor, clock, logger }: SupervisionNeeds): Supervision {
  const failed = (problem: unknown): void =>
    logger.warn('The service manager could not be informed', { problem: messageOf(problem) });
  let cancel: (() => void) | null = null;
  const everyMs = (supervisor?.watchdogMs ?? 0) / signs;
  const sign = (): void => {
    supervisor?.alive().catch(failed);
    cancel = clock.setTimer(sign, everyMs);
  };
  if (everyMs > 0) sign();
  return {
    ended: (executions) => {
      for (const execution of executions)
        if (execution.completedAt !== null) supervisor?.record(journalLine(execution)).catch(failed);
    },
    stop: () => cancel?.(),
  };
}

function journalLine(execution: Execution): JournalLine {
  const { taskName, taskId, executionId, status, error } = execution;
  return {
    message: `${taskName}: ${error === null ? status : failureHeadline(execution)}`,
    isProblem: runFailed.has(status),
    fields: { NCP_TASK: taskName, NCP_TASK_ID: taskId, NCP_EXECUTION_ID: executionId, NCP_STATUS: status },
  };
}
