import type { DecisionReason, SlotRecord } from '../../../contract/execution.ts';
import { decisionReasonSchema, executionStatusSchema } from '../../../contract/execution.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { NewExecution } from '../../../ports/ledger/executions.ts';
import type { SlotClaims } from '../../../ports/ledger/claims.ts';
import type { LedgerConnection } from './connection.ts';
import { insertExecution } from './executions.ts';
import { text, textOrNull, toIso, toIsoOrNull, toMs, toMsOrNull } from './values.ts';
import type { SqliteRow } from './sqlite.ts';

const missedReasons: ReadonlySet<DecisionReason> = new Set(['missed', 'catch-up-window']);

/** Returns the methods for claims and decisions about slots. */
export function slotMethods(connection: LedgerConnection): SlotClaims {
  return {
    claim: (execution) => claimAll(connection, [execution])[0] === true,

    claimAll: (executions, mayStart) => claimAll(connection, executions, mayStart),

    claimPast: (execution, replaces) =>
      connection.writeClaims(() => [claimPast(connection, execution, replaces)])[0] === true,

    decide: (decisions) =>
      connection.write(() => {
        const insert = connection.statement(
          `INSERT OR IGNORE INTO slots (task_id, slot, state, reason, detail, recorded_at)
           VALUES (?, ?, 'skipped', ?, ?, ?)`,
        );
        let added = 0;
        let isMissed = false;
        for (const { taskId, slot, reason, detail, at } of decisions) {
          const changes = Number(insert.run(taskId, toMs(slot), reason, detail, toMs(at)).changes);
          isMissed ||= changes > 0 && missedReasons.has(reason);
          added += changes;
        }
        if (isMissed) countMissed(connection);
        return added;
      }),

    lastSlot: (taskId, atOrBefore) =>
      connection.read(() => {
        const last = connection
          .statement('SELECT max(slot) AS slot FROM slots WHERE task_id = ? AND slot <= ?')
          .get(taskId, atOrBefore === undefined ? Number.MAX_SAFE_INTEGER : toMs(atOrBefore));
        const floor = lossFloor(connection);
        const slot = last?.['slot'] ?? null;
        if (floor === null) return toIsoOrNull(slot);
        return toIso(Math.max(Number(slot ?? 0), floor));
      }),

    slots: (taskId, since) =>
      connection.read(() =>
        connection
          .statement('SELECT * FROM slots WHERE task_id = ? AND slot >= ? ORDER BY slot')
          .all(taskId, toMs(since))
          .map(toSlotRecord),
      ),

    // With max(), SQLite takes the other columns from the row that has it.
    slotOutcomes: (taskId, since) =>
      connection.read(() => {
        const rows = connection
          .statement(
            `SELECT slot, status, max(started_at) FROM executions WHERE task_id = ? AND slot >= ? GROUP BY slot`,
          )
          .all(taskId, toMs(since));
        return new Map(rows.map((row) => [toIso(row['slot']), executionStatusSchema.parse(row['status'])]));
      }),

    ...skippedMethods(connection),
  };
}

type SkippedMethods = Pick<SlotClaims, 'skippedSlots' | 'missedOf' | 'missedSlots' | 'missedChanges'>;

/** Returns the methods that list the slots of several tasks that did not run. */
function skippedMethods(connection: LedgerConnection): SkippedMethods {
  return {
    skippedSlots: (taskIds, since, limit) =>
      connection.read(() =>
        connection
          .statement(
            `SELECT * FROM slots WHERE task_id IN (SELECT value FROM json_each(?)) AND slot >= ? AND state = 'skipped'
               AND reason <> 'unchanged'
             ORDER BY slot DESC LIMIT ?`,
          )
          .all(JSON.stringify(taskIds), toMs(since), limit)
          .map(toSlotRecord)
          .reverse(),
      ),

    // The tasks come first (CROSS JOIN), so that the primary key finds the few recent slots of each.
    missedOf: (taskIds, { since, recordedAfter, limit }) =>
      connection.read(() =>
        connection
          .statement(
            `SELECT slots.* FROM json_each(?) AS tasks CROSS JOIN slots
             WHERE slots.task_id = tasks.value AND slots.slot >= ? AND slots.state = 'skipped'
               AND slots.reason IN ('missed', 'catch-up-window') AND slots.recorded_at > ?
             ORDER BY slots.slot DESC, slots.task_id LIMIT ?`,
          )
          .all(JSON.stringify(taskIds), toMs(since), toMs(recordedAfter), limit)
          .map(toSlotRecord)
          .reverse(),
      ),

    // Asked once at each start, so an index, which every decision would have to update, is not worth it.
    missedSlots: (recordedSince) =>
      connection.read(() =>
        connection
          .statement(
            `SELECT * FROM slots WHERE recorded_at > ? AND reason IN ('missed', 'catch-up-window')
             ORDER BY recorded_at, task_id, slot`,
          )
          .all(toMs(recordedSince))
          .map(toSlotRecord),
      ),

    missedChanges: () =>
      connection.read(() =>
        Number(connection.statement("SELECT value FROM meta WHERE key = 'missed'").get()?.['value'] ?? 0),
      ),
  };
}

/** Counts a decision about missed slots within the caller's transaction, so that every process notices it. */
function countMissed(connection: LedgerConnection): void {
  connection
    .statement(
      `INSERT INTO meta (key, value) VALUES ('missed', '1')
       ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`,
    )
    .run();
}

function claimAll(
  connection: LedgerConnection,
  executions: readonly NewExecution[],
  mayStart: (execution: NewExecution) => boolean = () => true,
): boolean[] {
  return connection.writeClaims(() => executions.map((execution) => claim(connection, execution, mayStart)));
}

function claim(
  connection: LedgerConnection,
  execution: NewExecution,
  mayStart: (execution: NewExecution) => boolean,
): boolean {
  if (execution.slot === null) {
    throw new SchedulerError('execution/no-slot', 'A claim needs a slot; start an execution without one by "start".', {
      executionId: execution.executionId,
    });
  }
  // A slot planned before a loss was noticed.
  if (toMs(execution.slot) <= (lossFloor(connection) ?? -Infinity)) return false;
  const claimed = connection
    .statement(
      `INSERT OR IGNORE INTO slots (task_id, slot, state, execution_id, recorded_at) VALUES (?, ?, 'claimed', ?, ?)`,
    )
    .run(execution.taskId, toMs(execution.slot), execution.executionId, toMs(execution.startedAt));
  if (Number(claimed.changes) === 0) return false;
  if (!mayStart(execution)) {
    const free = connection.statement('DELETE FROM slots WHERE task_id = ? AND slot = ?');
    free.run(execution.taskId, toMs(execution.slot));
    return false;
  }
  insertExecution(connection, execution);
  return true;
}

/** A slot from before a loss of the ledger may run: the caller knows of the loss. */
function claimPast(connection: LedgerConnection, execution: NewExecution, replaces: string | null): boolean {
  const claimed = connection
    .statement(
      `INSERT INTO slots (task_id, slot, state, detail, execution_id, recorded_at)
       VALUES (?1, ?2, 'claimed', 'run by a backfill', ?3, ?4)
       ON CONFLICT (task_id, slot) DO UPDATE SET
         state = 'claimed', reason = NULL, detail = excluded.detail,
         execution_id = excluded.execution_id, recorded_at = excluded.recorded_at
       WHERE slots.state = 'skipped' OR (slots.recorded_at = ?5 AND NOT EXISTS (
         SELECT 1 FROM executions WHERE task_id = ?1 AND slot = ?2 AND status = 'running'
       ))`,
    )
    .run(
      execution.taskId,
      toMsOrNull(execution.slot),
      execution.executionId,
      toMs(execution.startedAt),
      toMsOrNull(replaces),
    );
  if (Number(claimed.changes) === 0) return false;
  insertExecution(connection, execution);
  return true;
}

/** Returns the instant up to which slots may have run although the ledger does not know, or null. */
function lossFloor(connection: LedgerConnection): number | null {
  const floor = connection.statement("SELECT value FROM meta WHERE key = 'floor'").get()?.['value'];
  return floor === undefined ? null : Number(floor);
}

function toSlotRecord(row: SqliteRow): SlotRecord {
  const reason = textOrNull(row, 'reason');
  return {
    taskId: text(row, 'task_id'),
    slot: toIso(row['slot']),
    state: row['state'] === 'claimed' ? 'claimed' : 'skipped',
    reason: reason === null ? null : decisionReasonSchema.parse(reason),
    detail: textOrNull(row, 'detail'),
    executionId: textOrNull(row, 'execution_id'),
    recordedAt: toIso(row['recorded_at']),
  };
}
