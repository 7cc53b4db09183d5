import type { Execution, ExecutionStatus, Trigger } from '../../main/contract/execution.ts';

/** What the executions view shows. An absent field does not restrict. */
export interface ExecutionQuery {
  taskId?: string;
  timingId?: string;
  status?: ExecutionStatus;
  trigger?: Trigger;
  since?: string;
  until?: string;
  query?: string;
}

/**
 * A window on the ledger, newest first. `rows` is as long as the whole result; a row that was not fetched yet is
 * undefined, so that a list of 100,000 rows has its true length before its pages arrive.
 */
export interface ExecutionList {
  query: ExecutionQuery;
  rows: readonly (Execution | undefined)[];
  /** Rows put in at the head since the list began, less the ones taken out: moves the pages that were asked for before. */
  shift: number;
}

export const emptyList = (query: ExecutionQuery): ExecutionList => ({ query, rows: [], shift: 0 });

/** Whether an execution belongs to a query: the same rule as the ledger's, so that live rows need no round trip. */
export function matches(query: ExecutionQuery, execution: Execution): boolean {
  if (query.taskId !== undefined && execution.taskId !== query.taskId) return false;
  if (query.timingId !== undefined && execution.timingId !== query.timingId) return false;
  if (query.status !== undefined && execution.status !== query.status) return false;
  if (query.trigger !== undefined && execution.trigger !== query.trigger) return false;
  const startedAt = Date.parse(execution.startedAt);
  if (query.since !== undefined && startedAt < Date.parse(query.since)) return false;
  if (query.until !== undefined && startedAt > Date.parse(query.until)) return false;
  return query.query === undefined || containsText(execution, query.query.toLowerCase());
}

function containsText(execution: Execution, wanted: string): boolean {
  return [execution.taskName, execution.tool, execution.error?.message ?? ''].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

/** Puts an answered page in its place. `shiftWhenAsked` is the list's `shift` at the time of the request. */
export function withPage(
  list: ExecutionList,
  page: { offset: number; executions: readonly Execution[]; total: number; shiftWhenAsked: number },
): ExecutionList {
  const moved = list.shift - page.shiftWhenAsked;
  const rows = list.rows.slice(0, Math.max(0, page.total + moved));
  while (rows.length < page.total + moved) rows.push(undefined);
  const known = new Set(page.executions.map((execution) => execution.executionId));
  for (const [index, row] of rows.entries()) if (row && known.has(row.executionId)) rows[index] = undefined;
  for (const [index, execution] of page.executions.entries()) {
    const at = page.offset + moved + index;
    if (at >= 0 && at < rows.length) rows[at] = execution;
  }
  return { ...list, rows };
}

/** Applies live changes: known rows are replaced, new ones enter in order, rows that no longer match leave. */
export function withChanges(list: ExecutionList, changed: readonly Execution[]): ExecutionList {
  const pending = new Map(changed.map((execution) => [execution.executionId, execution]));
  let removed = 0;
  const rows: (Execution | undefined)[] = [];
  for (const row of list.rows) {
    const next = row && pending.get(row.executionId);
    if (row) pending.delete(row.executionId);
    if (next && !matches(list.query, next)) removed += 1;
    else rows.push(next ?? row);
  }
  const added = [...pending.values()].filter((execution) => matches(list.query, execution));
  let inserted = 0;
  for (const execution of added.sort(byStart)) if (insertNewest(rows, execution)) inserted += 1;
  return { ...list, rows, shift: list.shift + inserted - removed };
}

/** Oldest first, so that each insertion lands above the one before. */
const byStart = (a: Execution, b: Execution) => Date.parse(a.startedAt) - Date.parse(b.startedAt);

/** False where the execution is older than everything fetched: it is in a page not asked for yet. */
function insertNewest(rows: (Execution | undefined)[], execution: Execution): boolean {
  const started = Date.parse(execution.startedAt);
  const at = rows.findIndex((row) => row !== undefined && Date.parse(row.startedAt) <= started);
  if (at === -1 && rows.length > 0) return false;
  rows.splice(Math.max(at, 0), 0, execution);
  return true;
}

/** Takes out what retention removed. */
export function withoutExecutions(list: ExecutionList, executionIds: readonly string[]): ExecutionList {
  const gone = new Set(executionIds);
  const rows = list.rows.filter((row) => !row || !gone.has(row.executionId));
  return { ...list, rows, shift: list.shift - (list.rows.length - rows.length) };
}
