import { openDatabase } from '../../main/adapters/storage/ledger/sqlite.ts';
import { shellTrue } from './schedule.ts';

export interface ManyRuns {
  readonly runs: number;
  /** Each run is of another group than the one before: of the first task of `bench-group-1` to this number. */
  readonly groups: number;
  /** Start of the newest run, in ms since 1970. The others are 20 seconds apart. */
  readonly newestMs: number;
}

/**
 * Adds runs to the ledger at `path` in one statement: the product would claim and finish each in a transaction of its own.
 * The oldest one is `execution-1`, and lost its disk. One in eleven failed, of every task.
 */
export function addManyRuns(path: string, { runs, groups, newestMs }: ManyRuns): void {
  const ledger = openDatabase(path);
  ledger.exec(`
    WITH RECURSIVE run (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM run WHERE n < ${runs})
    INSERT INTO executions (
      execution_id, task_id, task_name, timing_id, tool, parameters, trigger, attempt, started_at, completed_at,
      status, exit_code, error_code, error_message, owner_pid, owner_started
    )
    SELECT 'execution-' || n, task, task, 'bench-group-' || place, '${shellTrue.tool}', '${JSON.stringify(shellTrue.parameters)}',
      'schedule', 1, at, at, iif(failed, 'failure', 'success'), failed, iif(failed, 'shell/exit-code', NULL),
      iif(failed, iif(n = 1, 'The oldest run lost its disk.', 'It ended with exit code 1.'), NULL), 0, ''
    FROM (
      SELECT n, 1 + n % ${groups} AS place, 'bench-' || (1 + n % ${groups}) || '-1' AS task,
        ${newestMs} - (${runs} - n) * 20000 AS at, n % 11 = 1 AS failed
      FROM run
    )`);
  ledger.close();
}
