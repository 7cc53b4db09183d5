import { alertKindSchema } from '../../../contract/alerts/event.ts';
import { alertStateSchema, type AlertFilter, type SentAlert } from '../../../contract/alerts/outbox.ts';
import type {
  AlertRecords,
  AttemptEnd,
  LeasedAlert,
  LeaseRequest,
  NewAlert,
  StoredAlert,
} from '../../../ports/ledger/alerts.ts';
import type { ProcessIdentity } from '../../../ports/process-tree.ts';
import type { LedgerConnection } from './connection.ts';
import type { SqliteRow } from './sqlite.ts';
import { integer, json, numberOrNull, text, textOrNull, toIso, toIsoOrNull, toMs } from './values.ts';

/** The states of an alert that is not over. `alerts_open` is an index over them. */
const open = `state IN ('waiting', 'sending')`;

/** Returns the methods of the outbox. */
export function alertMethods(connection: LedgerConnection): AlertRecords {
  return {
    together: (action) => connection.write(action),

    addAlerts: (alerts) => {
      if (alerts.length > 0) connection.write(() => alerts.forEach((alert) => insert(connection, alert)));
    },

    addSentAlert: (channel, event) =>
      connection.write(() => {
        const sequence = insert(connection, { channel, event, notBefore: event.at, expiresAt: event.at });
        connection
          .statement(`UPDATE alerts SET state = 'sent', attempts = 1, ended_at = ? WHERE sequence = ?`)
          .run(toMs(event.at), sequence);
      }),

    dueAlerts: () =>
      connection.read(() =>
        connection
          .statement(`SELECT DISTINCT channel FROM alerts WHERE ${open} ORDER BY channel`)
          .all()
          .flatMap((row) => firstDue(connection, text(row, 'channel'))),
      ),

    leaseAlert: (request) => connection.write(() => lease(connection, request)),

    endAttempt: (sequence, owner, end) => connection.write(() => endAttempt(connection, sequence, owner, end)),

    dropAlerts: (channel, at, reason) =>
      connection.write(() =>
        Number(
          connection
            .statement(
              `UPDATE alerts SET state = 'dropped', ended_at = ?, error = ? WHERE channel = ? AND state = 'waiting'`,
            )
            .run(toMs(at), reason, channel).changes,
        ),
      ),

    retryAlerts: (which, now, keepUntil) =>
      connection.write(() => {
        const column = 'id' in which ? 'alert_id' : 'channel';
        const value = 'id' in which ? which.id : which.channel;
        const { changes } = connection
          .statement(
            `UPDATE alerts SET state = 'waiting', due_at = ?1, not_before = min(not_before, ?1), ended_at = NULL,
               expires_at = max(expires_at, ?2)
             WHERE ${column} = ?3 AND state IN ('waiting', 'dropped')`,
          )
          .run(toMs(now), toMs(keepUntil), value);
        return Number(changes);
      }),

    removeAlerts: (before) =>
      connection.write(() =>
        Number(connection.statement(`DELETE FROM alerts WHERE ended_at < ?`).run(toMs(before)).changes),
      ),

    ...listMethods(connection),
    ...causeMethods(connection),
  };
}

/** Returns the sequence number of the new row. */
function insert(connection: LedgerConnection, { channel, event, notBefore, expiresAt }: NewAlert): number | bigint {
  const { lastInsertRowid } = connection
    .statement(
      `INSERT INTO alerts (alert_id, channel, kind, task_id, execution_id, event, state, created_at, not_before, due_at,
         expires_at)
       VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?)`,
    )
    .run(
      event.id,
      channel,
      event.kind,
      event.task?.id ?? null,
      event.run?.id ?? null,
      JSON.stringify(event),
      toMs(event.at),
      toMs(notBefore),
      toMs(notBefore),
      toMs(expiresAt),
    );
  return lastInsertRowid;
}

/** An alert in quiet hours waits behind later ones, so the first is the one that may be sent first. */
const inOrder = `channel = ? AND ${open} AND not_before <= ? ORDER BY not_before, sequence LIMIT 1`;

function firstDue(connection: LedgerConnection, channel: string): { channel: string; dueAt: string }[] {
  const row = connection.statement(`SELECT * FROM alerts WHERE ${inOrder}`).get(channel, Number.MAX_SAFE_INTEGER);
  if (row === undefined) return [];
  const due = row['state'] === 'sending' ? integer(row, 'lease_until') : integer(row, 'due_at');
  return [{ channel, dueAt: toIso(Math.max(due, integer(row, 'not_before'))) }];
}

function lease(connection: LedgerConnection, request: LeaseRequest): LeasedAlert | null {
  const now = toMs(request.now);
  const first = connection.statement(`SELECT * FROM alerts WHERE ${inOrder}`);
  for (;;) {
    const row = first.get(request.channel, now);
    if (row === undefined || isHeld(row, now, request)) return null;
    if (integer(row, 'attempts') > 0 && integer(row, 'expires_at') < now) {
      expire(connection, row, now);
      continue;
    }
    if (integer(row, 'due_at') > now) return null;
    return take(connection, row, request);
  }
}

/** True while the process that sends it lives and its lease has not ended. */
function isHeld(row: SqliteRow, now: number, { isAlive }: LeaseRequest): boolean {
  if (row['state'] !== 'sending' || integer(row, 'lease_until') <= now) return false;
  return isAlive({ pid: integer(row, 'owner_pid'), startedAt: text(row, 'owner_started') });
}

function take(connection: LedgerConnection, row: SqliteRow, { owner, until }: LeaseRequest): LeasedAlert {
  const sequence = integer(row, 'sequence');
  const attempt = integer(row, 'attempts') + 1;
  const possiblyTwice = row['state'] === 'sending' || integer(row, 'possibly_twice') === 1;
  connection
    .statement(
      `UPDATE alerts SET state = 'sending', attempts = ?, owner_pid = ?, owner_started = ?, lease_until = ?,
         possibly_twice = ?
       WHERE sequence = ?`,
    )
    .run(attempt, owner.pid, owner.startedAt, toMs(until), Number(possiblyTwice), sequence);
  const event = json(row, 'event') as StoredAlert;
  return { sequence, event, attempt, expiresAt: toIso(row['expires_at']), possiblyTwice };
}

function expire(connection: LedgerConnection, row: SqliteRow, now: number): void {
  const reason = `It could not be sent in time. ${textOrNull(row, 'error') ?? ''}`.trim();
  connection
    .statement(`UPDATE alerts SET state = 'dropped', ended_at = ?, error = ? WHERE sequence = ?`)
    .run(now, reason, integer(row, 'sequence'));
}

function endAttempt(connection: LedgerConnection, sequence: number, owner: ProcessIdentity, end: AttemptEnd): void {
  const mine = `sequence = ? AND state = 'sending' AND owner_pid = ? AND owner_started = ?`;
  const who = [sequence, owner.pid, owner.startedAt];
  if (end.sent) {
    connection
      .statement(`UPDATE alerts SET state = 'sent', ended_at = ?, error = NULL WHERE ${mine}`)
      .run(toMs(end.at), ...who);
    return;
  }
  connection
    .statement(
      `UPDATE alerts SET state = ?, ended_at = ?, due_at = ?, error = ?, possibly_twice = max(possibly_twice, ?)
       WHERE ${mine}`,
    )
    .run(
      end.again === null ? 'dropped' : 'waiting',
      end.again === null ? toMs(end.at) : null,
      toMs(end.again ?? end.at),
      end.error,
      Number(end.mayHaveArrived),
      ...who,
    );
}

function listMethods(connection: LedgerConnection): Pick<AlertRecords, 'alerts' | 'alertStates'> {
  return {
    alerts: (filter) =>
      connection.read(() => {
        const { where, values } = conditions(filter);
        const rows = connection
          .statement(`SELECT * FROM alerts WHERE ${where} ORDER BY sequence DESC LIMIT ? OFFSET ?`)
          .all(...values, filter.limit, filter.offset);
        const count = connection.statement(`SELECT count(*) AS n FROM alerts WHERE ${where}`).get(...values);
        return { alerts: rows.map(toAlert), total: Number(count?.['n'] ?? 0) };
      }),

    alertStates: () =>
      connection.read(() =>
        connection
          .statement(
            `SELECT channel, sum(${open}) AS waiting, sum(state = 'dropped') AS dropped,
               max(ended_at) FILTER (WHERE state = 'sent') AS last_sent,
               (SELECT error FROM alerts AS latest
                WHERE latest.channel = alerts.channel AND (latest.state = 'waiting' OR latest.state = 'dropped')
                  AND latest.error IS NOT NULL
                ORDER BY latest.state DESC, latest.sequence LIMIT 1) AS problem
             FROM alerts GROUP BY channel ORDER BY channel`,
          )
          .all()
          .map((row) => ({
            name: text(row, 'channel'),
            waiting: integer(row, 'waiting'),
            dropped: integer(row, 'dropped'),
            lastSentAt: toIsoOrNull(row['last_sent']),
            problem: textOrNull(row, 'problem'),
          })),
      ),
  };
}

function conditions(filter: AlertFilter): { where: string; values: string[] } {
  const given = [
    { sql: 'channel = ?', value: filter.channel },
    { sql: 'state = ?', value: filter.state },
    { sql: 'task_id = ?', value: filter.taskId },
  ].flatMap(({ sql, value }) => (value === undefined ? [] : [{ sql, value }]));
  return { where: ['1', ...given.map(({ sql }) => sql)].join(' AND '), values: given.map(({ value }) => value) };
}

function toAlert(row: SqliteRow): SentAlert {
  const event = json(row, 'event') as StoredAlert;
  return {
    id: text(row, 'alert_id'),
    channel: text(row, 'channel'),
    kind: alertKindSchema.parse(row['kind']),
    taskId: textOrNull(row, 'task_id'),
    executionId: textOrNull(row, 'execution_id'),
    title: event.title,
    state: alertStateSchema.parse(row['state']),
    createdAt: toIso(row['created_at']),
    dueAt: toIso(Math.max(integer(row, 'due_at'), integer(row, 'not_before'))),
    attempts: integer(row, 'attempts'),
    endedAt: toIsoOrNull(numberOrNull(row, 'ended_at')),
    error: textOrNull(row, 'error'),
    possiblyTwice: integer(row, 'possibly_twice') === 1,
  };
}

function causeMethods(
  connection: LedgerConnection,
): Pick<AlertRecords, 'toldCauses' | 'setToldCause' | 'clearToldCauses'> {
  return {
    toldCauses: (taskId) =>
      connection.read(
        () =>
          new Map(
            connection
              .statement('SELECT channel, cause FROM alert_causes WHERE task_id = ?')
              .all(taskId)
              .map((row) => [text(row, 'channel'), text(row, 'cause')]),
          ),
      ),
    setToldCause: (taskId, channel, cause) =>
      connection.write(() => {
        connection
          .statement(
            `INSERT INTO alert_causes (task_id, channel, cause) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET cause = excluded.cause`,
          )
          .run(taskId, channel, cause);
      }),
    clearToldCauses: (taskId) =>
      connection.write(() => void connection.statement('DELETE FROM alert_causes WHERE task_id = ?').run(taskId)),
  };
}
