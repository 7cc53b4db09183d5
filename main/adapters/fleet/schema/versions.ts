/** One step of the schema. Steps that were released never change; a new version adds one at the end. */
interface SchemaVersion {
  /** From 1, without gaps. */
  readonly version: number;
  /** The oldest schema version whose programs can still use the database after this step. */
  readonly usableFrom: number;
  readonly sql: string;
}

/**
 * Why the tables are as they are:
 * - `member`: rows stay when a member leaves, because claims and definitions name it.
 * - `definition`: every save updates the one row of `fleet` first, so that changes become visible in the order of their numbers. A
 *   reader that asks for what changed since a number misses nothing.
 * - `fleet.lease_ms`: all members must agree when a run is lost, so it is no setting of one machine.
 * - `member.draining`: a column, because the member overwrites its status and another member may set it.
 * - `claim`: no foreign key, which would lock the member's row at each claim. A claim selects from `member`, whose rows stay.
 *   No index on `seen_at`, so that signs of life need no index entries (heap-only tuples).
 * - `run`: what lists show, not what decides: claims do that. `log_request` holds pieces of logs for seconds; viewers cannot read it.
 *   Its answer is no `jsonb`, which cannot hold the NUL characters of logs.
 */
export const schemaVersions: readonly SchemaVersion[] = [
  {
    version: 1,
    usableFrom: 1,
    sql: `
create table ncp.fleet (
  only_row boolean primary key default true check (only_row),
  id uuid not null default gen_random_uuid(),
  change bigint not null default 0
);
insert into ncp.fleet default values;
create table ncp.member (
  id uuid primary key,
  name text not null,
  tags text[] not null,
  public_key text not null,
  version text not null,
  status jsonb not null,
  joined_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  left_at timestamptz
);
create unique index member_name on ncp.member (name) where left_at is null;
create table ncp.definition (
  task_id text not null,
  revision integer not null check (revision > 0),
  text text not null,
  signature text not null,
  author_id text not null,
  author_key text not null,
  change bigint not null unique,
  changed_at timestamptz not null default now(),
  primary key (task_id, revision)
);
create table ncp.claim (
  task_id text not null,
  slot timestamptz not null,
  attempt integer not null check (attempt > 0),
  member_id uuid not null,
  fence bigint not null default 1,
  state text not null default 'running'
    check (state in ('running', 'success', 'failure', 'cancelled', 'interrupted', 'superseded')),
  execution_id text,
  claimed_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ended_at timestamptz,
  reason text,
  primary key (task_id, slot, attempt)
);
create index claim_running on ncp.claim (member_id) where state = 'running';
create index claim_slot on ncp.claim using brin (slot);
create table ncp.mark (
  task_id text primary key,
  slot timestamptz not null
);`,
  },
  {
    version: 2,
    usableFrom: 1,
    sql: `
alter table ncp.fleet add column lease_ms integer not null default 60000 check (lease_ms between 5000 and 3600000);
alter table ncp.member add column draining boolean not null default false;
create index claim_lost on ncp.claim (ended_at) where fence > 1;`,
  },
  {
    version: 3,
    usableFrom: 1,
    sql: `
create table ncp.run (
  execution_id text primary key,
  member_id uuid not null,
  task_id text not null,
  status text not null,
  started_at timestamptz not null,
  run jsonb not null
);
create index run_started on ncp.run (started_at);
create index run_task on ncp.run (task_id, started_at);
create table ncp.log_request (
  id uuid primary key,
  member_id uuid not null,
  request jsonb not null,
  asked_at timestamptz not null default now(),
  answer text
);
create index log_request_waiting on ncp.log_request (member_id) where answer is null;`,
  },
];

/** What the roles may do. Applied at each creation and upgrade, if the roles exist. */
export const grants = `
do $ncp$ begin
  if exists (select from pg_roles where rolname = 'ncp_member') then
    grant usage on schema ncp to ncp_member;
    grant select on all tables in schema ncp to ncp_member;
    grant update (change) on ncp.fleet to ncp_member;
    grant insert, update on ncp.member, ncp.mark to ncp_member;
    grant insert, delete on ncp.definition to ncp_member;
    grant insert, update, delete on ncp.claim, ncp.run, ncp.log_request to ncp_member;
  end if;
  if exists (select from pg_roles where rolname = 'ncp_viewer') then
    grant usage on schema ncp to ncp_viewer;
    grant select on all tables in schema ncp to ncp_viewer;
    revoke select on ncp.log_request from ncp_viewer;
  end if;
end $ncp$;`;
