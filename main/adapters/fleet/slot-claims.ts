import { z } from 'zod';
import { draining } from '../../domain/fleet/eligibility.ts';
import type { ClaimKey, ClaimResult, ClaimState, SlotClaim, SlotClaims } from '../../ports/fleet/slot-claims.ts';
import { bigint, checkedRow, checkedRows, instant } from './checked-rows.ts';
import type { Connection } from './connection.ts';
import { notAMember } from './members.ts';

const shortestKeepMs = 90 * 86_400_000;
/** Rows in one transaction, so that claims never wait long for it. */
const foldedAtOnce = 5_000;
const endedAtOnce = 1_000;

const states = ['running', 'success', 'failure', 'cancelled', 'interrupted', 'superseded'] as const;

const claimSchema = z.object({
  ...{
    task_id: z.string(),
    slot: instant,
    attempt: z.int(),
    member_id: z.string(),
    member_name: z.string().nullable(),
  },
  ...{ fence: bigint, state: z.enum(states), execution_id: z.string().nullable(), reason: z.string().nullable() },
  ...{ claimed_at: instant, seen_at: instant, ended_at: instant.nullable() },
});
const table = { table: 'ncp.claim', key: ['task_id', 'slot', 'attempt'] };

/** A member that drains claims only the next attempt at a slot of its own. */
const claim = `
with me as (select draining from ncp.member where id = $4 and left_at is null),
able as (
  select from me where not draining
    or exists (select from ncp.claim where task_id = $1 and slot = $2 and attempt = $3 - 1 and member_id = $4)
),
won as (
  insert into ncp.claim (task_id, slot, attempt, member_id)
  select $1, $2, $3, $4 from able where not exists (select from ncp.mark where task_id = $1 and slot >= $2)
  on conflict do nothing
  returning fence
)
select (select fence from won) as fence, exists (select from me) as is_member, exists (select from able) as is_able`;

const withName = `select c.*, m.name as member_name from ncp.claim c left join ncp.member m on m.id = c.member_id`;
const keyed = 'task_id = $1 and slot = $2 and attempt = $3';

const release = `
delete from ncp.claim
where ${keyed} and fence = $4 and state = 'running' and coalesce(execution_id, $5) = $5 and member_id = $6`;

const started = `
update ncp.claim set execution_id = $5, seen_at = now()
where ${keyed} and fence = $4 and state = 'running' and coalesce(execution_id, $5) = $5
returning 1`;

const end = `
update ncp.claim set state = $5, reason = case when state = 'running' then $6 else reason end, ended_at = coalesce(ended_at, now())
where ${keyed} and fence = $4 and state in ('running', $5)
returning 1`;

/** Locks in the order of the key: two processes of a member must not wait for each other. */
const beat = `
with held as (
  select * from unnest($2::text[], $3::timestamptz[], $4::int[], $5::bigint[]) with ordinality
    as h (task_id, slot, attempt, fence, number)
),
mine as (
  select h.number, c.task_id, c.slot, c.attempt from ncp.claim c join held h using (task_id, slot, attempt)
  where c.member_id = $1 and c.fence = h.fence and c.state = 'running'
  order by c.task_id, c.slot, c.attempt for no key update of c
)
update ncp.claim c set seen_at = now() from mine
where (c.task_id, c.slot, c.attempt) = (mine.task_id, mine.slot, mine.attempt)
returning mine.number::int as number`;

const endLost = `
with lost as (
  select task_id, slot, attempt from ncp.claim
  where state = 'running' and seen_at < now() - $1::float8 * interval '1 ms'
  order by seen_at limit ${endedAtOnce} for no key update skip locked
),
ended as (
  update ncp.claim c set state = 'interrupted', fence = fence + 1, ended_at = now(), reason = $2 from lost
  where (c.task_id, c.slot, c.attempt) = (lost.task_id, lost.slot, lost.attempt)
  returning c.*
)
select ended.*, m.name as member_name from ended left join ncp.member m on m.id = ended.member_id
order by slot, task_id, attempt`;

/** Only what was lost has a fence above 1. */
const lost = `${withName}
where c.fence > 1 and c.state = 'interrupted' and c.ended_at > now() - $1::float8 * interval '1 ms'
  and not exists (
    select from ncp.claim later where (later.task_id, later.slot) = (c.task_id, c.slot) and later.attempt > c.attempt
  )
order by c.ended_at limit ${endedAtOnce}`;

const counts = `
select (select count(*)::int from ncp.claim where state = 'running') as running,
  (select extract(epoch from now() - min(seen_at))::float8 * 1000 from ncp.claim where state = 'running') as quiet_ms,
  (
    select coalesce(jsonb_object_agg(state, number), '{}') from (
      select state, count(*)::int as number from ncp.claim
      where slot > now() - interval '1 hour' and slot <= now() group by state
    ) as recent
  ) as last_hour`;

interface CountsRow {
  readonly running: number;
  readonly quiet_ms: number | null;
  readonly last_hour: Partial<Record<ClaimState, number>>;
}

/**
 * The lock makes claims wait until the mark is there: a claim that looked for the mark before, and for the row after, would
 * find neither.
 */
const fold = (keepMs: number): string => `
lock table ncp.claim in share row exclusive mode;
with old as (
  delete from ncp.claim where ctid = any (array(
    select ctid from ncp.claim where state <> 'running' and slot < now() - ${Math.round(keepMs)} * interval '1 ms'
    limit ${foldedAtOnce}
  ))
  returning task_id, slot
),
marked as (
  insert into ncp.mark (task_id, slot) select task_id, max(slot) from old group by task_id
  on conflict (task_id) do update set slot = greatest(mark.slot, excluded.slot)
)
select count(*)::int as removed from old`;

export function postgresClaims(connection: Connection): SlotClaims {
  const { query } = connection;
  const isDone = async (sql: string, values: readonly unknown[]) => (await query(sql, values)).length > 0;
  return {
    claim: (key, { id }) => claimWith(query, key, id),
    release: async (key, { memberId, fence, executionId }) =>
      void (await query(release, [...keyValues(key), fence, executionId, memberId])),
    started: (key, fence, executionId) => isDone(started, [...keyValues(key), fence, executionId]),
    beat: async (memberId, held) => {
      if (held.length === 0) return [];
      const columns = (['taskId', 'slot', 'attempt', 'fence'] as const).map((name) => held.map((run) => run[name]));
      const kept = await query<{ number: number }>(beat, [memberId, ...columns]);
      const numbers = new Set(kept.map(({ number }) => number));
      return held
        .filter((_, index) => !numbers.has(index + 1))
        .map(({ taskId, slot, attempt }) => ({ taskId, slot, attempt }));
    },
    end: (key, fence, { state, reason }) => isDone(end, [...keyValues(key), fence, state, reason]),
    endLost: async (leaseMs, reason) => claimsIn(await query(endLost, [leaseMs, reason])),
    lost: async (withinMs) => claimsIn(await query(lost, [withinMs])),
    of: async (taskId, from, until) => {
      const between = `${withName} where task_id = $1 and slot between $2 and $3 order by slot, attempt`;
      return claimsIn(await query(between, [taskId, from, until]));
    },
    counts: async () => {
      const [row] = await query<CountsRow>(counts, []);
      return {
        lastHour: withZeros(row?.last_hour ?? {}),
        running: row?.running ?? 0,
        longestQuietMs: row?.quiet_ms ?? null,
      };
    },
    fold: async (keepMs) => {
      const sql = fold(Math.max(keepMs, shortestKeepMs));
      for (let removed = 0; ;) {
        const [row] = await connection.script<{ removed: number }>(sql);
        removed += row?.removed ?? 0;
        if ((row?.removed ?? 0) < foldedAtOnce) return removed;
      }
    },
  };
}

const answerSchema = z.object({ fence: bigint.nullable(), is_member: z.boolean(), is_able: z.boolean() });

async function claimWith(query: Connection['query'], key: ClaimKey, memberId: string): Promise<ClaimResult> {
  const [found] = await query(claim, [...keyValues(key), memberId]);
  const answer = checkedRow(answerSchema, { task_id: key.taskId, ...key, ...found }, table);
  if (!answer.is_member) throw notAMember(memberId);
  if (answer.fence !== null) return { won: true, fence: answer.fence };
  // A second statement: the first one does not see a claim that was made while it waited for it.
  const [holder] = claimsIn(await query(`${withName} where ${keyed}`, keyValues(key)));
  if (holder === undefined && !answer.is_able) throw draining();
  if (holder === undefined) return { won: false, holder: null };
  const asksAgain = holder.memberId === memberId && holder.state === 'running' && holder.executionId === null;
  return asksAgain ? { won: true, fence: holder.fence } : { won: false, holder };
}

const withZeros = (counted: Partial<Record<ClaimState, number>>): Record<ClaimState, number> => ({
  ...{ running: 0, success: 0, failure: 0, cancelled: 0, interrupted: 0, superseded: 0 },
  ...counted,
});

const keyValues = ({ taskId, slot, attempt }: ClaimKey): readonly unknown[] => [taskId, slot, attempt];

const claimsIn = (rows: readonly unknown[]): SlotClaim[] =>
  checkedRows(claimSchema, rows, table).map((row) => ({
    ...{ taskId: row.task_id, slot: row.slot, attempt: row.attempt },
    ...{ memberId: row.member_id, memberName: row.member_name ?? row.member_id },
    ...{ fence: row.fence, state: row.state, executionId: row.execution_id, reason: row.reason },
    ...{ claimedAt: row.claimed_at, seenAt: row.seen_at, endedAt: row.ended_at },
  }));
