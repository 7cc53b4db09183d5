import type { AuditFilter, AuditRecord, AuditTrail } from '../../../ports/ledger/audit.ts';
import type { LedgerConnection } from './connection.ts';
import { integer, json, numberOrNull, text, textOrNull, toIso, toJson, toMs } from './values.ts';
import type { SqliteRow } from './sqlite.ts';

/** Returns the methods for the audit trail, and for the marks that record what was already checked. */
export function auditMethods(connection: LedgerConnection): AuditTrail {
  return {
    audit: ({ at, author, action, taskId, before, after, batch, undoes }) =>
      connection.write(() => {
        const { lastInsertRowid } = connection
          .statement(
            'INSERT INTO audit (at, author, action, task_id, before, after, batch, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          )
          .run(toMs(at), author, action, taskId, toJson(before), toJson(after), batch ?? null, undoes ?? null);
        return Number(lastInsertRowid);
      }),

    auditTrail: (taskId) =>
      connection.read(() =>
        connection.statement('SELECT * FROM audit WHERE task_id = ? ORDER BY sequence').all(taskId).map(record),
      ),

    changes: (filter, limit) =>
      connection.read(() => {
        const { where, values } = conditions(filter);
        return connection
          .statement(`SELECT * FROM audit WHERE ${where} ORDER BY sequence DESC LIMIT ?`)
          .all(...values, limit)
          .map(record);
      }),

    authors: () =>
      connection.read(() =>
        connection
          .statement('SELECT DISTINCT author FROM audit ORDER BY author')
          .all()
          .map((row) => text(row, 'author')),
      ),

    change: (sequence) =>
      connection.read(() => {
        const row = connection.statement('SELECT * FROM audit WHERE sequence = ?').get(sequence);
        return row === undefined ? null : record(row);
      }),

    undoersOf: (sequence) =>
      connection.read(() =>
        connection
          .statement('SELECT sequence FROM audit WHERE undoes = ? ORDER BY sequence')
          .all(sequence)
          .map((row) => integer(row, 'sequence')),
      ),
  };
}

function conditions(filter: AuditFilter): { where: string; values: (string | number)[] } {
  const given = [
    { sql: 'task_id = ?', value: filter.taskId },
    { sql: 'author = ?', value: filter.author },
    { sql: 'batch = ?', value: filter.batch },
    { sql: 'at >= ?', value: filter.since === undefined ? undefined : toMs(filter.since) },
    { sql: 'sequence < ?', value: filter.before },
  ].flatMap(({ sql, value }) => (value === undefined ? [] : [{ sql, value }]));
  const authors = filter.authors ?? [];
  const ofAuthors = filter.authors === undefined ? [] : [`author IN (${authors.map(() => '?').join(', ')})`];
  return {
    where: ['1', ...given.map(({ sql }) => sql), ...ofAuthors].join(' AND '),
    values: [...given.map(({ value }) => value), ...authors],
  };
}

function record(row: SqliteRow): AuditRecord {
  const [batch, undoes] = [textOrNull(row, 'batch'), numberOrNull(row, 'undoes')];
  return {
    sequence: integer(row, 'sequence'),
    at: toIso(row['at']),
    author: text(row, 'author'),
    action: text(row, 'action'),
    taskId: textOrNull(row, 'task_id'),
    before: json(row, 'before'),
    after: json(row, 'after'),
    ...(batch === null ? {} : { batch }),
    ...(undoes === null ? {} : { undoes }),
  };
}
