import type { Marks } from '../../../ports/ledger/marks.ts';
import type { LedgerConnection } from './connection.ts';
import { text } from './values.ts';

/** Short texts kept by name, in the table `meta`. */
export function markMethods(connection: LedgerConnection): Marks {
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
  };
}
