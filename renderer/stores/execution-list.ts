import type { Execution, ExecutionStatus, Trigger } from '../../main/contract/execution.ts';

/** The filters of the Runs view. A missing field does not filter. */
export interface ExecutionQuery {
  taskId?: string;
  timingId?: string;
  status?: ExecutionStatus;
  trigger?: Trigger;
  doubtful?: true;
  since?: string;
  until?: string;
  query?: string;
}

/**
 * A view of the ledger, newest first. `rows` has the length of the whole result. Rows that are not fetched yet are
 * undefined, so that a list of 100,000 rows has its full length before its pages arrive.
 */
export interface ExecutionList {
  query: ExecutionQuery;
  rows: readonly (Execution | undefined)[];
  /** Rows inserted at the head minus rows removed since the list was created; offsets pages requested earlier. */
  shift: number;
}

export const emptyList = (query: ExecutionQuery): ExecutionList => ({ query, rows: [], shift: 0 });

/** Returns whether an execution matches a query, by the rule of the ledger, so that live rows need no round trip. */
export function matches(query: ExecutionQuery, execution: Execution): boolean {
  if (query.taskId !== undefined && execution.taskId !== query.taskId) return false;
  if (query.timingId !== undefined && execution.timingId !== query.timingId) return false;
  if (query.status !== undefined && execution.status !== query.status) return false;
  if (query.trigger !== undefined && execution.trigger !== query.trigger) return false;
  if (query.doubtful === true && execution.doubt === undefined) return false;
  const startedAt = Date.parse(execution.startedAt);
  if (query.since !== undefined && startedAt < Date.parse(query.since)) return false;
  if (query.until !== undefined && startedAt > Date.parse(query.until)) return false;
  return query.query === undefined || containsText(execution, query.query.toLowerCase());
}

function containsText(execution: Execution, wanted: string): boolean {
  const texts = [execution.taskName, execution.tool, execution.error?.message ?? ''].map((text) => text.toLowerCase());
  const words = wanted.split(/\s+/).filter(Boolean);
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** Inserts a fetched page. `shiftWhenAsked` is the `shift` of the list at the time of the request. */
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

/** Applies live changes: replaces known rows, inserts new rows in order, removes rows that no longer match. */
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

/** Oldest first, so that each insertion goes above the previous one. */
const byStart = (a: Execution, b: Execution) => Date.parse(a.startedAt) - Date.parse(b.startedAt);

/** Returns false if the execution is older than all fetched rows: it belongs to a page not fetched yet. */
function insertNewest(rows: (Execution | undefined)[], execution: Execution): boolean {
  const started = Date.parse(execution.startedAt);
  const at = rows.findIndex((row) => row !== undefined && Date.parse(row.startedAt) <= started);
  if (at === -1 && rows.length > 0) return false;
  rows.splice(Math.max(at, 0), 0, execution);
  return true;
}

/** Removes executions that retention deleted. */
export function withoutExecutions(list: ExecutionList, executionIds: readonly string[]): ExecutionList {
  const gone = new Set(executionIds);
  const rows = list.rows.filter((row) => !row || !gone.has(row.executionId));
  return { ...list, rows, shift: list.shift - (list.rows.length - rows.length) };
}
