import { runFailed } from '../../../domain/statuses.ts';
import type { LedgerConnection } from './connection.ts';
import { integer, toMs } from './values.ts';
import type { OutcomeCounts } from '../../../ports/ledger/outcomes.ts';

const bad = [...runFailed].map((status) => `'${status}'`).join(', ');

/** Returns the methods that count outcomes from an index alone. */
export function outcomeMethods(connection: LedgerConnection): OutcomeCounts {
  return {
    outcomes: (since, stepMs) =>
      connection.read(() =>
        connection
          // Cast, because numbers are bound as reals, and the division must be an integer one.
          .statement(
            `SELECT started_at / CAST(?2 AS INTEGER) AS step, sum(status = 'success') AS good, sum(status <> 'success') AS bad
             FROM executions
             WHERE status IN ('success', ${bad}) AND started_at >= ?1
             GROUP BY step ORDER BY step`,
          )
          .all(toMs(since), stepMs)
          .map((row) => ({
            at: new Date(integer(row, 'step') * stepMs).toISOString(),
            good: integer(row, 'good'),
            bad: integer(row, 'bad'),
          })),
      ),
  };
}
