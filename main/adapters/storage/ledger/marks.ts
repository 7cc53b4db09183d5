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
      const write = () => writeMark(connection, name, value);
      // Counted as claims are: an older copy of the ledger would hide that the definitions are older, too.
      if (name === 'schedule.json') connection.writeClaims(() => [write().changes !== 0]);
      else connection.write(write);
    },
  };
}

/** Writes a mark within the caller's transaction. */
export function writeMark(
  connection: LedgerConnection,
  name: string,
  value: string,
): { readonly changes: number | bigint } {
  return connection.statement('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(`mark:${name}`, value);
}
