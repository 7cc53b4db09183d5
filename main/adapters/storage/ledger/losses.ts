import type { LedgerLoss, LedgerLosses } from '../../../ports/ledger/losses.ts';
import type { LedgerConnection } from './connection.ts';
import { readMeta } from './loss/identity.ts';
import { toIso } from './values.ts';

/** Returns the methods for what the ledger may not know. */
export function lossMethods(connection: LedgerConnection): LedgerLosses {
  const meta = (key: string) => readMeta((sql) => connection.statement(sql), key);
  return {
    loss: () =>
      connection.read(() => {
        const loss = meta('loss');
        return loss === null ? null : (JSON.parse(loss) as LedgerLoss);
      }),

    floor: () =>
      connection.read(() => {
        const instants = [meta('floor'), meta('born')].flatMap((value) => (value === null ? [] : [Number(value)]));
        return instants.length === 0 ? null : toIso(Math.max(...instants));
      }),
  };
}
