import type { ExecutionFilter } from '../../../contract/execution.ts';
import type { ExecutionPages } from '../../../ports/ledger/pages.ts';
import type { LedgerConnection } from './connection.ts';
import { toExecution } from './executions.ts';
import { hasUnindexed } from './run-index.ts';
import { integer, text, toMs } from './values.ts';
import type { SqliteValue } from './sqlite.ts';

/**
 * A search that finds more runs than this reads the runs from the newest on, and soon has a page of them; one that finds
 * fewer sorts what it finds.
 */
const mostSorted = 20_000;

interface Condition {
  readonly where: string;
  readonly values: readonly SqliteValue[];
}

/** Runs that match apart from their time, by the kinds that they are of. */
interface FoundKinds {
  /** JSON: numbers in an array, which SQLite makes and reads faster than this program. */
  readonly kinds: string;
  readonly runs: number;
}

/** Returns the methods for pages of executions, newest first. */
export function pageMethods(connection: LedgerConnection): ExecutionPages {
  return { list: (filter) => connection.read(() => pageOf(connection, filter)) };
}

function pageOf(connection: LedgerConnection, filter: ExecutionFilter): ReturnType<ExecutionPages['list']> {
  const found = mayUseIndex(connection, filter) && hasWords(filter) ? foundKinds(connection, filter) : null;
  const condition = found !== null && found.runs <= mostSorted ? ofKinds(found, filter) : conditionsOf(filter);
  const executions = connection
    .statement(`SELECT * FROM executions ${condition.where} ORDER BY started_at DESC, sequence DESC LIMIT ? OFFSET ?`)
    .all(...condition.values, filter.limit, filter.offset)
    .map(toExecution);
  // A page that is not full is the last one, so the count, which may have to read every row, is not needed.
  const isLast = executions.length < filter.limit && (executions.length > 0 || filter.offset === 0);
  if (isLast) return { executions, total: filter.offset + executions.length };
  if (filter.since === undefined && filter.until === undefined && mayUseIndex(connection, filter))
    return { executions, total: (found ?? foundKinds(connection, filter)).runs };
  const counted = connection
    .statement(`SELECT count(*) AS total FROM executions ${condition.where}`)
    .get(...condition.values);
  return { executions, total: counted === undefined ? 0 : integer(counted, 'total') };
}

const hasWords = ({ query }: ExecutionFilter): boolean => wordsOf(query).length > 0;
const wordsOf = (query: string | undefined): string[] => (query ?? '').split(/\s+/).filter(Boolean);

/** A task has few runs, and a run few that follow it: their own indexes are as good. */
function mayUseIndex(connection: LedgerConnection, { taskId, causeId }: ExecutionFilter): boolean {
  return taskId === undefined && causeId === undefined && !hasUnindexed(connection);
}

function foundKinds(connection: LedgerConnection, filter: ExecutionFilter): FoundKinds {
  const { where, values } = kindConditions(filter);
  const found = connection
    .statement(`SELECT json_group_array(kind) AS kinds, coalesce(sum(runs), 0) AS runs FROM run_kinds ${where}`)
    .get(...values);
  return found === undefined ? { kinds: '[]', runs: 0 } : { kinds: text(found, 'kinds'), runs: integer(found, 'runs') };
}

function kindConditions({ timingId, status, trigger, doubtful, query }: ExecutionFilter): Condition {
  const all = new Conditions();
  if (timingId !== undefined) all.add('timing_id = ?', timingId);
  if (status !== undefined) all.add('status = ?', status);
  if (trigger !== undefined) all.add('trigger = ?', trigger);
  if (doubtful === true) all.add('doubtful = 1');
  // A word has no space, so it is found in one of the fields.
  for (const word of wordsOf(query))
    all.add("task_name || ' ' || tool || ' ' || error_message LIKE ? ESCAPE '\\'", likeText(word));
  return all.joined();
}

function ofKinds({ kinds }: FoundKinds, { since, until }: ExecutionFilter): Condition {
  const all = new Conditions();
  all.add('kind IN (SELECT value FROM json_each(?))', kinds);
  if (since !== undefined) all.add('started_at >= ?', toMs(since));
  if (until !== undefined) all.add('started_at <= ?', toMs(until));
  const { where, values } = all.joined();
  return { where: `WHERE sequence IN (SELECT sequence FROM runs_by_kind ${where})`, values };
}

function conditionsOf(filter: ExecutionFilter): Condition {
  const all = new Conditions();
  // A task has few executions, because retention limits them: its index is always the best one. SQLite has no
  // statistics here; the unary plus keeps it from choosing another index.
  const unindexed = filter.taskId === undefined ? '' : '+';
  if (filter.taskId !== undefined) all.add('task_id = ?', filter.taskId);
  if (filter.timingId !== undefined) all.add(`${unindexed}timing_id = ?`, filter.timingId);
  if (filter.status !== undefined) all.add(`${unindexed}status = ?`, filter.status);
  if (filter.trigger !== undefined) {
    const also = filter.status !== undefined || filter.timingId !== undefined ? '+' : unindexed;
    all.add(`${also}trigger = ?`, filter.trigger);
  }
  if (filter.doubtful === true) all.add('doubt IS NOT NULL');
  if (filter.causeId !== undefined) all.add('cause_id = ?', filter.causeId);
  if (filter.since !== undefined) all.add('started_at >= ?', toMs(filter.since));
  if (filter.until !== undefined) all.add('started_at <= ?', toMs(filter.until));
  for (const word of wordsOf(filter.query)) {
    const like = likeText(word);
    all.add(
      "(task_name LIKE ? ESCAPE '\\' OR tool LIKE ? ESCAPE '\\' OR error_message LIKE ? ESCAPE '\\')",
      ...[like, like, like],
    );
  }
  return all.joined();
}

const likeText = (word: string): string => `%${word.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;

/** Collects conditions that must all be true, with their values. */
class Conditions {
  readonly #clauses: string[] = [];
  readonly #values: SqliteValue[] = [];

  add(clause: string, ...values: SqliteValue[]): void {
    this.#clauses.push(clause);
    this.#values.push(...values);
  }

  joined(): Condition {
    const where = this.#clauses.length === 0 ? '' : `WHERE ${this.#clauses.join(' AND ')}`;
    return { where, values: this.#values };
  }
}
