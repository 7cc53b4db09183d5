import { z } from 'zod';
import { proposedChangeSchema, proposalStateSchema } from '../../../contract/proposal.ts';
import { minuteMs } from '../../../domain/durations.ts';
import type { Proposal } from '../../../contract/proposal.ts';
import type { AgentRecords, ApplyAttempt, ClientRecords, NewProposal } from '../../../ports/ledger/agents.ts';
import type { ProposalDecision, ProposalFilter, ProposalRecords } from '../../../ports/ledger/agents.ts';
import type { LedgerConnection } from './connection.ts';
import { integer, json, text, textOrNull, toIso, toIsoOrNull, toJson, toMs, toMsOrNull } from './values.ts';
import type { SqliteRow } from './sqlite.ts';

/** How long a sighting is not written again, in ms, so that reading a list does not cost a write. */
const sightingMs = minuteMs;
/** How many agents are remembered: a client can take a new name or version at each start. Permissions are in the settings. */
const rememberedClients = 500;

/** Returns the methods for agents' proposals and the agents that connected. */
export function agentMethods(connection: LedgerConnection): AgentRecords {
  return { ...proposalMethods(connection), ...clientMethods(connection) };
}

function proposalMethods(connection: LedgerConnection): ProposalRecords {
  const find = (condition: string, ...values: string[]): SqliteRow | undefined =>
    connection.statement(`SELECT * FROM proposals WHERE ${condition}`).get(...values);
  return {
    propose: (proposal) =>
      connection.write(() => {
        const pending = () =>
          find(`client = ? AND fingerprint = ? AND state = 'pending'`, proposal.client, proposal.fingerprint);
        const row = pending() ?? (insert(connection, proposal), pending());
        if (row === undefined) throw new Error('a proposal that was just kept is gone');
        return proposalOf(row);
      }),

    proposal: (id) =>
      connection.read(() => {
        const row = find('proposal_id = ?', id);
        return row === undefined ? null : { proposal: proposalOf(row), basis: text(row, 'basis') };
      }),

    proposals: (filter, { limit, offset }) =>
      connection.read(() => {
        const { where, values } = conditions(filter);
        const rows = connection
          .statement(`SELECT * FROM proposals WHERE ${where} ORDER BY sequence DESC LIMIT ? OFFSET ?`)
          .all(...values, limit, offset);
        const count = connection.statement(`SELECT count(*) AS n FROM proposals WHERE ${where}`).get(...values);
        return { proposals: rows.map(proposalOf), total: Number(count?.['n'] ?? 0) };
      }),

    applyingProposals: () =>
      connection.read(() =>
        connection
          .statement(`SELECT * FROM proposals WHERE state = 'applying' ORDER BY sequence`)
          .all()
          .map((row) => ({ proposal: proposalOf(row), attempt: attemptOf(row) })),
      ),

    decideProposal: (id, from, decision) => connection.write(() => decide(connection, id, from, decision)),

    sweepProposals: ({ now, begunBefore, decidedBefore }) => {
      const limits = [toMs(now), toMs(begunBefore), toMs(decidedBefore)] as const;
      const due = connection.read(() => connection.statement(sweepNeeded).get(...limits));
      if (due === undefined) return 0;
      return connection.write(() => sweep(connection, ...limits));
    },
  };
}

const overdue = `state = 'pending' AND expires_at <= ?`;
const interrupted = `state = 'applying' AND decided_at < ?`;
const old = `state NOT IN ('pending', 'applying') AND decided_at < ?`;
/** Finds out whether a sweep is needed, without taking the write lock. */
const sweepNeeded = `SELECT 1 FROM proposals WHERE (${overdue}) OR (${interrupted}) OR (${old}) LIMIT 1`;

function sweep(connection: LedgerConnection, now: number, begunBefore: number, decidedBefore: number): number {
  const ended = `UPDATE proposals SET state = 'expired', decided_at = ? WHERE ${overdue}`;
  const broken = `UPDATE proposals SET state = 'failed', error_code = 'agent/interrupted',
    error_message = 'The app ended while this was in progress. Check the task before you approve it again.'
    WHERE ${interrupted}`;
  return [
    connection.statement(ended).run(now, now),
    connection.statement(broken).run(begunBefore),
    connection.statement(`DELETE FROM proposals WHERE ${old}`).run(decidedBefore),
  ].reduce((sum, { changes }) => sum + Number(changes), 0);
}

function insert(connection: LedgerConnection, proposal: NewProposal): void {
  connection
    .statement(
      `INSERT INTO proposals (proposal_id, client, version, fingerprint, basis, state, title, created_at, expires_at,
         task_id, execution_id, change)
       VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      proposal.id,
      proposal.client,
      proposal.version,
      proposal.fingerprint,
      proposal.basis,
      proposal.title,
      toMs(proposal.createdAt),
      toMs(proposal.expiresAt),
      proposal.taskId,
      proposal.executionId,
      toJson(proposal.change),
    );
}

function decide(connection: LedgerConnection, id: string, from: string, decision: ProposalDecision): boolean {
  const { changes } = connection
    .statement(
      // OR IGNORE: back to pending, it may meet another pending one of the same change.
      `UPDATE OR IGNORE proposals SET state = ?1,
         decided_at = CASE ?1 WHEN 'pending' THEN NULL ELSE coalesce(?2, decided_at) END,
         decided_by = CASE ?1 WHEN 'pending' THEN NULL ELSE coalesce(?3, decided_by) END,
         note = coalesce(?4, note), task_id = coalesce(?5, task_id), execution_id = coalesce(?6, execution_id),
         error_code = ?7, error_message = ?8, attempt = ?9
       WHERE proposal_id = ?10 AND state = ?11`,
    )
    .run(
      decision.state,
      toMsOrNull(decision.at ?? null),
      decision.by ?? null,
      decision.note ?? null,
      decision.taskId ?? null,
      decision.executionId ?? null,
      decision.error?.code ?? null,
      decision.error?.message ?? null,
      decision.attempt === undefined ? null : JSON.stringify(decision.attempt),
      id,
      from,
    );
  return Number(changes) === 1;
}

function clientMethods(connection: LedgerConnection): ClientRecords {
  return {
    sawClient: (name, version, at) => {
      const known = connection.read(() =>
        connection
          .statement('SELECT last_seen_at FROM agent_clients WHERE name = ? AND version = ?')
          .get(name, version),
      );
      if (known !== undefined && toMs(at) - integer(known, 'last_seen_at') < sightingMs) return;
      connection.write(() => {
        connection
          .statement(
            `INSERT INTO agent_clients (name, version, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (name, version) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
          )
          .run(name, version, toMs(at), toMs(at));
        if (known === undefined) connection.statement(forgetClients).run(rememberedClients);
      });
    },

    seenClients: () =>
      connection.read(() =>
        connection
          .statement(`SELECT * FROM agent_clients ${latestFirst}`)
          .all()
          .map((row) => ({
            name: text(row, 'name'),
            version: text(row, 'version'),
            firstSeenAt: toIso(row['first_seen_at']),
            lastSeenAt: toIso(row['last_seen_at']),
          })),
      ),

    agentRuns: (client, since) =>
      connection.read(() => {
        // Selects every version of the client: `A` follows `@`, and a name ends with neither of them.
        const row = connection
          .statement(
            `SELECT count(*) AS n FROM audit
             WHERE author >= ? AND author < ? AND action IN ('agent.run', 'agent.test-run') AND at >= ?`,
          )
          .get(`mcp:${client}@`, `mcp:${client}A`, toMs(since));
        return Number(row?.['n'] ?? 0);
      }),
  };
}

const latestFirst = 'ORDER BY last_seen_at DESC, first_seen_at DESC';
/** The table has no rowid. */
const forgetClients = `DELETE FROM agent_clients WHERE (name, version) IN
  (SELECT name, version FROM agent_clients ${latestFirst} LIMIT -1 OFFSET ?)`;

function conditions(filter: ProposalFilter): { where: string; values: string[] } {
  const given = [
    { sql: 'state = ?', value: filter.state },
    { sql: 'client = ?', value: filter.client },
  ].flatMap(({ sql, value }) => (value === undefined ? [] : [{ sql, value }]));
  return { where: ['1', ...given.map(({ sql }) => sql)].join(' AND '), values: given.map(({ value }) => value) };
}

const attemptSchema = z.object({
  owner: z.object({ pid: z.number().int(), startedAt: z.string() }),
  basis: z.string(),
  newTaskId: z.string().nullable(),
});

function attemptOf(row: SqliteRow): ApplyAttempt | null {
  return attemptSchema.nullable().catch(null).parse(json(row, 'attempt'));
}

function proposalOf(row: SqliteRow): Proposal {
  const code = textOrNull(row, 'error_code');
  return {
    id: text(row, 'proposal_id'),
    client: text(row, 'client'),
    version: text(row, 'version'),
    state: proposalStateSchema.parse(row['state']),
    title: text(row, 'title'),
    change: proposedChangeSchema.parse(json(row, 'change')),
    createdAt: toIso(row['created_at']),
    expiresAt: toIso(row['expires_at']),
    decidedAt: toIsoOrNull(row['decided_at']),
    decidedBy: textOrNull(row, 'decided_by'),
    note: textOrNull(row, 'note'),
    taskId: textOrNull(row, 'task_id'),
    executionId: textOrNull(row, 'execution_id'),
    error: code === null ? null : { code, message: textOrNull(row, 'error_message') ?? '' },
  };
}
