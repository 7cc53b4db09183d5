import { z } from 'zod';
import { fleetRunSchema, type FleetRun, type FleetRunFilter } from '../../contract/fleet-runs.ts';
import { logChunkSchema } from '../../contract/log-chunk.ts';
import type { FleetRuns, LogAnswer } from '../../ports/fleet/fleet-runs.ts';
import type { Connection } from './connection.ts';

interface RunRow {
  readonly run: unknown;
  readonly member_id: string;
  readonly member_name: string | null;
}

const answerSchema = z.union([z.object({ chunk: logChunkSchema }), z.object({ refused: z.string() })]);

const save = `
insert into ncp.run (execution_id, member_id, task_id, status, started_at, run)
select r ->> 'executionId', $1, r ->> 'taskId', r ->> 'status', (r ->> 'startedAt')::timestamptz, r
from jsonb_array_elements($2::jsonb) r
on conflict (execution_id) do update set status = excluded.status, run = excluded.run where run.member_id = excluded.member_id`;

const ask = `
with saved as (
  insert into ncp.log_request (id, member_id, request) values ($1, $2, $3) returning member_id
)
select pg_notify('ncp_log', member_id::text) from saved`;

const shownRun =
  'select r.run, r.member_id, m.name as member_name from ncp.run r left join ncp.member m on m.id = r.member_id';

/** Only the conditions that are asked for, so that each of them can use an index. */
function matching({ taskId, member, status, since }: Omit<FleetRunFilter, 'limit' | 'offset'>) {
  const conditions: string[] = [];
  const values: string[] = [];
  const add = (value: string | undefined, condition: (place: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(taskId, (place) => `r.task_id = ${place}`);
  add(member, (place) => `(m.name = ${place} or r.member_id::text = ${place})`);
  add(status, (place) => `r.status = ${place}`);
  add(since, (place) => `r.started_at >= ${place}::timestamptz`);
  return { where: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`, values };
}

export function postgresRuns({ query }: Connection): FleetRuns {
  return {
    save: async (memberId, runs) => {
      if (runs.length > 0) await query(save, [memberId, JSON.stringify(runs, storable)]);
    },
    list: async ({ limit, offset, ...filter }) => {
      const { where, values } = matching(filter);
      const [most, from] = [values.length + 1, values.length + 2];
      const page = `${shownRun} ${where} order by r.started_at desc, r.execution_id limit $${most} offset $${from}`;
      // One more than asked tells whether there are more, which a count of all would only tell slowly.
      const rows = await query<RunRow>(page, [...values, limit + 1, offset]);
      return { runs: rows.slice(0, limit).flatMap(runOf), more: rows.length > limit };
    },
    find: async (executionId) =>
      (await query<RunRow>(`${shownRun} where execution_id = $1`, [executionId])).flatMap(runOf)[0] ?? null,
    removeOld: async (keepMs) => {
      await query(`delete from ncp.run where started_at < now() - $1::float8 * interval '1 ms'`, [keepMs]);
      await query(`delete from ncp.log_request where asked_at < now() - interval '1 minute'`);
    },
    ask: async ({ id, memberId, ...request }) => void (await query(ask, [id, memberId, JSON.stringify(request)])),
    asked: async (memberId) => {
      const waiting = `select id, request from ncp.log_request
        where member_id = $1 and answer is null and asked_at > now() - interval '1 minute' order by asked_at limit 20`;
      const rows = await query<{ id: string; request: unknown }>(waiting, [memberId]);
      return rows.flatMap(({ id, request }) => {
        const read = requestSchema.safeParse(request).data;
        return read === undefined ? [] : { ...read, id, memberId };
      });
    },
    answer: async (id, answer) =>
      void (await query('update ncp.log_request set answer = $2 where id = $1', [id, JSON.stringify(answer)])),
    take: async (id) => {
      const taken = 'delete from ncp.log_request where id = $1 and answer is not null returning answer';
      const [row] = await query<{ answer: string }>(taken, [id]);
      return row === undefined ? null : answerOf(row.answer);
    },
  };
}

const requestSchema = z.object({ text: z.string(), signature: z.string(), key: z.string() });

/** Replaces what `jsonb` cannot hold: NUL, and halves of characters of which a cut left one. */
const storable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD') : value;

function answerOf(answer: string): LogAnswer {
  const unreadable = { refused: 'the answer could not be read' };
  try {
    return answerSchema.safeParse(JSON.parse(answer)).data ?? unreadable;
  } catch {
    // Anyone who can write to the database can write an answer.
    return unreadable;
  }
}

/** Anyone who can write to the database can write a run: one that cannot be read is left out. */
function runOf({ run, member_id: memberId, member_name: name }: RunRow): FleetRun[] {
  const read = fleetRunSchema.omit({ memberId: true, member: true }).safeParse(run).data;
  return read === undefined ? [] : [{ ...read, memberId, member: name ?? memberId }];
}
