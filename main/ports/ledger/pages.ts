import type { Execution, ExecutionFilter } from '../../contract/execution.ts';

/** Lists executions in pages. */
export interface ExecutionPages {
  /** Returns one page, newest first, and the number of all matching executions. */
  list(filter: ExecutionFilter): { executions: Execution[]; total: number };
}
