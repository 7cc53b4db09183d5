import type { SlotWait, SlotWaits, WaitReason } from '../../../ports/ledger/waits.ts';
import type { LedgerConnection } from './connection.ts';
import type { SqliteRow } from './sqlite.ts';
import { integer, text, toIso, toMs } from './values.ts';

export function waitMethods(connection: LedgerConnection): SlotWaits {
  return {
    setWait: ({ taskId, slot, reason, owner }) => {
      connection.writeSoon(() => {
        connection
          .statement(
            `INSERT INTO waits (task_id, slot, owner_pid, owner_started, reason) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET reason = excluded.reason`,
          )
          .run(taskId, toMs(slot), owner.pid, owner.startedAt, reason);
      });
    },

    endWait: ({ taskId, slot, owner }) => {
      connection.writeSoon(() => {
        connection
          .statement('DELETE FROM waits WHERE task_id = ? AND slot = ? AND owner_pid = ? AND owner_started = ?')
          .run(taskId, toMs(slot), owner.pid, owner.startedAt);
      });
    },

    waits: () =>
      connection.read(() => connection.statement('SELECT * FROM waits ORDER BY slot, task_id').all().map(toWait)),
  };
}

function toWait(row: SqliteRow): SlotWait {
  return {
    taskId: text(row, 'task_id'),
    slot: toIso(row['slot'] ?? null),
    reason: text(row, 'reason') as WaitReason,
    owner: { pid: integer(row, 'owner_pid'), startedAt: text(row, 'owner_started') },
  };
}
