import type { ExecutionFilter } from '../../../contract/execution.ts';
import type { ExecutionPages } from '../../../ports/ledger/pages.ts';
import type { LedgerConnection } from './connection.ts';
import { toExecution } from './executions.ts';
import { integer, toMs } from './values.ts';
import type { SqliteValue } from './sqlite.ts';

/** Returns the methods for pages of executions, newest first. */
export function pageMethods(connection: LedgerConnection): ExecutionPages {
  return {
    list: (filter) =>
      connection.read(() => {
        const { where, values } = conditions(filter);
        const executions = connection
          .statement(`SELECT * FROM executions ${where} ORDER BY started_at DESC, sequence DESC LIMIT ? OFFSET ?`)
          .all(...values, filter.limit, filter.offset)
          .map(toExecution);
        // A page that is not full is the last one, so the count, which may have to read every row, is not needed.
        const isLast = executions.length < filter.limit && (executions.length > 0 || filter.offset === 0);
        if (isLast) return { executions, total: filter.offset + executions.length };
        const counted = connection.statement(`SELECT count(*) AS total FROM executions ${where}`).get(...values);
        return { executions, total: counted === undefined ? 0 : integer(counted, 'total') };
      }),
  };
}

function conditions(filter: ExecutionFilter): { where: string; values: SqliteValue[] } {
  const clauses: string[] = [];
  const values: SqliteValue[] = [];
  const add = (clause: string, ...more: SqliteValue[]) => {
    clauses.push(clause);
    values.push(...more);
  };
  // A task has few executions, because retention limits them: its index is always the best one. SQLite has no
  // statistics here; the unary plus keeps it from choosing another index.
  const unindexed = filter.taskId === undefined ? '' : '+';
  if (filter.taskId !== undefined) add('task_id = ?', filter.taskId);
  if (filter.timingId !== undefined) add(`${unindexed}timing_id = ?`, filter.timingId);
  if (filter.status !== undefined) add(`${unindexed}status = ?`, filter.status);
  if (filter.trigger !== undefined) {
    const also = filter.status !== undefined || filter.timingId !== undefined ? '+' : unindexed;
    add(`${also}trigger = ?`, filter.trigger);
  }
  if (filter.doubtful === true) add('doubt IS NOT NULL');
  if (filter.causeId !== undefined) add('cause_id = ?', filter.causeId);
  if (filter.since !== undefined) add('started_at >= ?', toMs(filter.since));
  if (filter.until !== undefined) add('started_at <= ?', toMs(filter.until));
  for (const word of (filter.query ?? '').split(/\s+/).filter(Boolean)) {
    const like = `%${word.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;
    add(
      "(task_name LIKE ? ESCAPE '\\' OR tool LIKE ? ESCAPE '\\' OR error_message LIKE ? ESCAPE '\\')",
      like,
      like,
      like,
    );
  }
  return { where: clauses.length === 0 ? '' : `WHERE ${clauses.join(' AND ')}`, values };
}
