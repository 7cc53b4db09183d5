import type { Execution, ExecutionFilter } from '../../contract/execution.ts';

/** Pages of executions. */
export interface ExecutionPages {
  /** Newest first. */
  list(filter: ExecutionFilter): { executions: Execution[]; total: number };
}
