import { z } from 'zod';
import type { SaveResult, SharedTasks, SignedDefinition, StoredDefinition } from '../../ports/fleet/shared-tasks.ts';
import { bigint, checkedRow, checkedRows, instant } from './checked-rows.ts';
import type { Connection } from './connection.ts';
import { notify } from './members.ts';

const revisionsKept = 100;

const definitionSchema = z.object({
  ...{ task_id: z.string(), revision: z.int(), text: z.string(), signature: z.string() },
  ...{ author_id: z.string(), author_key: z.string(), change: bigint, changed_at: instant },
});
const savedSchema = definitionSchema.pick({ change: true });
const table = { table: 'ncp.definition', key: ['task_id', 'revision'] };

/** One statement, so that a member that is frozen in the middle holds no lock. */
const save = `
with next as (update ncp.fleet set change = change + 1 returning change),
saved as (
  insert into ncp.definition (task_id, revision, text, signature, author_id, author_key, change)
  select $1, $2::int, $3, $4, $5, $6, next.change from next
  where $2::int = 1 + coalesce((select max(revision) from ncp.definition where task_id = $1), 0)
  on conflict do nothing
  returning change
),
pruned as (
  delete from ncp.definition where task_id = $1 and revision <= $2::int - ${revisionsKept} and exists (select from saved)
)
select change, ${notify} from saved`;

const changedSince = `
select * from ncp.definition d
where change > $1 and not exists (
  select from ncp.definition newer where newer.task_id = d.task_id and newer.revision > d.revision
)
order by change`;

/** Newest first. */
const latestAndThis = `
select * from ncp.definition where task_id = $1
  and revision in ($2, (select max(revision) from ncp.definition where task_id = $1))
order by revision desc`;

const revisions = `select * from ncp.definition where task_id = $1 order by revision desc limit ${revisionsKept}`;

export function postgresSharedTasks({ query }: Connection): SharedTasks {
  return {
    save: (definition) => saveWith(query, definition),
    changedSince: async (change) => definitionsIn(await query(changedSince, [change])),
    revisions: async (taskId) => definitionsIn(await query(revisions, [taskId])),
  };
}

async function saveWith(query: Connection['query'], definition: SignedDefinition): Promise<SaveResult> {
  const { taskId, revision, text, signature, authorId, authorKey } = definition;
  const values = [taskId, revision, text, signature, authorId, authorKey];
  const [saved] = await query(save, values);
  if (saved !== undefined) return { saved: true, change: changeIn({ task_id: taskId, revision, ...saved }) };
  const rows = definitionsIn(await query(latestAndThis, [taskId, revision]));
  // Saved before, and the answer was lost. Others may have saved later revisions since.
  const mine = rows.find((row) => row.revision === revision && row.signature === signature);
  if (mine !== undefined) return { saved: true, change: mine.change };
  return { saved: false, theirs: rows[0] ?? null };
}

const changeIn = (row: unknown): number => checkedRow(savedSchema, row, table).change;

const definitionsIn = (rows: readonly unknown[]): StoredDefinition[] =>
  checkedRows(definitionSchema, rows, table).map((row) => ({
    ...{ taskId: row.task_id, revision: row.revision, text: row.text, signature: row.signature },
    ...{ authorId: row.author_id, authorKey: row.author_key, change: row.change, changedAt: row.changed_at },
  }));
