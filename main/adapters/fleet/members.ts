import { z } from 'zod';
import { SchedulerError } from '../../domain/errors.ts';
import type { FleetMember, FleetMembers, MemberStatus } from '../../ports/fleet/fleet-members.ts';
import { checkedRow, checkedRows, instant } from './checked-rows.ts';
import type { Connection } from './connection.ts';

/** Anyone who can write to the database can write a status: what is wrong in it is shown as if the member had said nothing. */
const statusSchema = z.object({
  running: z.int().min(0).catch(0),
  limit: z.int().min(1).nullable().catch(null),
  servers: z.array(z.string()).catch([]),
  secrets: z.array(z.string()).catch([]),
  nextRunAt: z.iso.datetime().nullable().catch(null),
  clockOffsetMs: z.number().catch(0),
}) satisfies z.ZodType<MemberStatus>;

const memberSchema = z.object({
  ...{ id: z.string(), name: z.string(), tags: z.array(z.string()), public_key: z.string(), version: z.string() },
  status: statusSchema.catch(() => statusSchema.parse({})),
  ...{ joined_at: instant, seen_at: instant, draining: z.boolean() },
});
const beatSchema = memberSchema.pick({ draining: true });
const table = { table: 'ncp.member', key: ['id'] };

/** Tells the watchers of all members, when the transaction ends. */
export const notify = `pg_notify('ncp', '')`;

const join = `
with saved as (
  insert into ncp.member (id, name, tags, public_key, version, status) values ($1, $2, $3, $4, $5, $6)
  on conflict (id) do update
    set name = excluded.name, tags = excluded.tags, version = excluded.version, status = excluded.status, seen_at = now(), left_at = null,
      draining = false
    where member.public_key = excluded.public_key
  returning id
)
select id, ${notify} from saved`;

const leave = `
with gone as (update ncp.member set left_at = now() where id = $1 and left_at is null returning id)
select ${notify} from gone`;

const drain = `
with changed as (update ncp.member set draining = $2 where id = $1 and left_at is null returning id)
select ${notify} from changed`;

export function postgresMembers({ query }: Connection): FleetMembers {
  return {
    join: async ({ id, name, tags, publicKey, version, status }) => {
      const values = [id, name, tags, publicKey, version, JSON.stringify(status)];
      const saved = await query(join, values).catch((error: unknown) => {
        throw isNameTaken(error) ? nameTaken(name) : error;
      });
      if (saved.length === 0) throw keyChanged(name);
    },
    leave: async (id) => void (await query(leave, [id])),
    beat: async (id, status) => {
      const beat =
        'update ncp.member set seen_at = now(), status = $2 where id = $1 and left_at is null returning draining';
      const [found] = await query(beat, [id, JSON.stringify(status)]);
      if (found === undefined) throw notAMember(id);
      return checkedRow(beatSchema, { id, ...found }, table);
    },
    setDraining: async (id, draining) => void (await query(drain, [id, draining])),
    list: async () => {
      // By code points, not by the language of the database.
      const rows = await query('select * from ncp.member where left_at is null order by name collate "C"');
      return checkedRows(memberSchema, rows, table).map(memberOf);
    },
  };
}

const memberOf = (row: z.infer<typeof memberSchema>): FleetMember => ({
  ...{ id: row.id, name: row.name, tags: row.tags, publicKey: row.public_key, version: row.version },
  ...{ joinedAt: row.joined_at, seenAt: row.seen_at, draining: row.draining, status: row.status },
});

/** The only unique values beside the id, which `on conflict` handles, are the names. */
const isNameTaken = (error: unknown): boolean => error instanceof SchedulerError && error.details['code'] === '23505';

const nameTaken = (name: string): SchedulerError =>
  new SchedulerError('fleet/name-taken', `Another member of the fleet is named ${name}. Choose another name.`, {
    name,
  });

const keyChanged = (name: string): SchedulerError =>
  new SchedulerError(
    'fleet/key-changed',
    `This machine joined the fleet with another key before, so it cannot join as ${name}. Restore fleet-key.pem, or remove fleet.json to join as a new member.`,
    { name },
  );

export const notAMember = (id: string): SchedulerError =>
  new SchedulerError('fleet/not-a-member', 'This machine is not a member of the fleet. Join it with: fleet join', {
    memberId: id,
  });
