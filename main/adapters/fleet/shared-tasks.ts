import type { SaveResult, SharedTasks, SignedDefinition, StoredDefinition } from '../../ports/fleet/shared-tasks.ts';
import type { Connection } from './connection.ts';
import { notify } from './members.ts';

const revisionsKept = 100;

interface DefinitionRow {
  readonly task_id: string;
  readonly revision: number;
  readonly text: string;
  readonly signature: string;
  readonly author_id: string;
  readonly author_key: string;
  /** bigint, which the driver returns as text. */
  readonly change: string;
  readonly changed_at: Date;
}

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
    changedSince: async (change) => (await query<DefinitionRow>(changedSince, [change])).map(definitionOf),
    revisions: async (taskId) => (await query<DefinitionRow>(revisions, [taskId])).map(definitionOf),
  };
}

async function saveWith(query: Connection['query'], definition: SignedDefinition): Promise<SaveResult> {
  const { taskId, revision, text, signature, authorId, authorKey } = definition;
  const values = [taskId, revision, text, signature, authorId, authorKey];
  const [saved] = await query<Pick<DefinitionRow, 'change'>>(save, values);
  if (saved !== undefined) return { saved: true, change: Number(saved.change) };
  const rows = (await query<DefinitionRow>(latestAndThis, [taskId, revision])).map(definitionOf);
  // Saved before, and the answer was lost. Others may have saved later revisions since.
  const mine = rows.find((row) => row.revision === revision && row.signature === signature);
  if (mine !== undefined) return { saved: true, change: mine.change };
  return { saved: false, theirs: rows[0] ?? null };
}

const definitionOf = (row: DefinitionRow): StoredDefinition => ({
  ...{ taskId: row.task_id, revision: row.revision, text: row.text, signature: row.signature },
  ...{ authorId: row.author_id, authorKey: row.author_key },
  ...{ change: Number(row.change), changedAt: row.changed_at.toISOString() },
});
