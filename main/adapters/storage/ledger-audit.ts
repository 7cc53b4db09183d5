import type { Ledger } from '../../ports/ledger.ts';
import type { LedgerConnection } from './ledger-connection.ts';
import { json, text, textOrNull, toIso, toJson, toMs } from './ledger-values.ts';

/** Who changed what, when; and the marks that tell what was already looked at. */
export function auditMethods(connection: LedgerConnection): Pick<Ledger, 'audit' | 'auditTrail' | 'mark' | 'setMark'> {
  return {
    mark: (name) =>
      connection.read(() => {
        const row = connection.statement('SELECT value FROM meta WHERE key = ?').get(`mark:${name}`);
        return row === undefined ? null : text(row, 'value');
      }),

    setMark: (name, value) => {
      connection.write(() =>
        connection.statement('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(`mark:${name}`, value),
      );
    },

    audit: (event) => {
      connection.write(() =>
        connection
          .statement('INSERT INTO audit (at, author, action, task_id, before, after) VALUES (?, ?, ?, ?, ?, ?)')
          .run(toMs(event.at), event.author, event.action, event.taskId, toJson(event.before), toJson(event.after)),
      );
    },

    auditTrail: (taskId) =>
      connection.read(() =>
        connection
          .statement('SELECT * FROM audit WHERE task_id = ? ORDER BY sequence')
          .all(taskId)
          .map((row) => ({
            at: toIso(row['at']),
            author: text(row, 'author'),
            action: text(row, 'action'),
            taskId: textOrNull(row, 'task_id'),
            before: json(row, 'before'),
            after: json(row, 'after'),
          })),
      ),
  };
}
