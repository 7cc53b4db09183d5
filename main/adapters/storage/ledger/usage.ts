import { agentResultOf } from '../../../contract/agent-result.ts';
import type { ExecutionResult, NewExecution } from '../../../ports/ledger/executions.ts';
import type { UsageSums } from '../../../ports/ledger/run-totals.ts';
import type { LedgerConnection } from './connection.ts';
import { integer, json, numberOrNull, text, toMs } from './values.ts';
import type { SqliteRow } from './sqlite.ts';

/** Returns the methods that read what runs have used. */
export function usageMethods(connection: LedgerConnection): UsageSums {
  return {
    usage: (account, fromDay, at) =>
      connection.read(() => {
        const ended = connection
          .statement(
            `SELECT total(runs) AS runs, total(run_ms) AS run_ms, sum(cost_usd) AS cost_usd FROM usage
             WHERE account = ? AND day >= ?`,
          )
          .get(account, fromDay);
        const running = connection
          .statement(
            `SELECT total(max(0, ?1 - started_at)) AS run_ms FROM executions, json_each(executions.counted) AS part
             WHERE status = 'running' AND part.key = ?2 AND part.value >= ?3`,
          )
          .get(toMs(at), account, fromDay);
        return {
          runs: integer(ended ?? {}, 'runs'),
          runMs: integer(ended ?? {}, 'run_ms') + integer(running ?? {}, 'run_ms'),
          costUsd: numberOrNull(ended ?? {}, 'cost_usd'),
        };
      }),

    removeUsage: (beforeDay) =>
      connection.write(() => Number(connection.statement('DELETE FROM usage WHERE day < ?').run(beforeDay).changes)),
  };
}

/** Counts a start, in the transaction that records it. */
export function countUse(connection: LedgerConnection, { accounts = {} }: NewExecution): void {
  const count = connection.statement(
    `INSERT INTO usage (account, day, runs) VALUES (?, ?, 1)
     ON CONFLICT (account, day) DO UPDATE SET runs = runs + 1`,
  );
  for (const [account, day] of Object.entries(accounts)) count.run(account, day);
}

/**
 * Adds what an ended run used to the day on which it started, in the transaction that records its end.
 * @param run its row of `executions`: started_at, tool, counted
 */
export function addUse(connection: LedgerConnection, run: SqliteRow, { completedAt, result }: ExecutionResult): void {
  const accounts = (json(run, 'counted') ?? {}) as NonNullable<NewExecution['accounts']>;
  const cost = agentResultOf({ tool: text(run, 'tool'), result })?.costUsd ?? null;
  // If the clock was set back during the run, its duration must not become negative.
  const runMs = Math.max(0, toMs(completedAt) - integer(run, 'started_at'));
  const add = connection.statement(
    `UPDATE usage SET run_ms = run_ms + ?1,
       cost_usd = CASE WHEN ?2 IS NULL THEN cost_usd ELSE coalesce(cost_usd, 0) + ?2 END
     WHERE account = ?3 AND day = ?4`,
  );
  for (const [account, day] of Object.entries(accounts)) add.run(runMs, cost, account, day);
}
