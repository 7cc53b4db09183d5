import { grants, schemaVersions } from './versions.ts';

/** Held while the schema is created or upgraded. Any number that no other program uses in the same database. */
export const schemaLock = 'select pg_advisory_xact_lock(20261129, 1);';

/** The SQL that brings an empty or older schema to the current version. Run in one transaction; repeating it changes nothing. */
export const upgradeSql = [
  'create schema if not exists ncp;',
  `create table if not exists ncp.version (
  version integer primary key,
  usable_from integer not null,
  applied_at timestamptz not null default now()
);`,
  ...schemaVersions.map(
    ({ version, usableFrom, sql }) => `do $ncp$ begin
if not exists (select from ncp.version where version = ${version}) then${sql}
insert into ncp.version (version, usable_from) values (${version}, ${usableFrom});
end if;
end $ncp$;`,
  ),
  grants.trim(),
].join('\n');

const roles = ['ncp_member', 'ncp_viewer'].map(
  (name) => `do $ncp$ begin
  if not exists (select from pg_roles where rolname = '${name}') then create role ${name} nologin; end if;
end $ncp$;`,
);

/** Returns the SQL for an administrator: roles, schema and grants. */
export const initScript = (): string =>
  [
    '-- Creates or upgrades the schema "ncp" of a fleet of NCP Scheduler, and two roles that can use it.',
    '-- For an administrator, in the database of the fleet (PostgreSQL 13 or newer): psql -v ON_ERROR_STOP=1 -f FILE DATABASE',
    '-- Then make a user for each machine, and one for people who only look:',
    "--   create role server1 login password '…' in role ncp_member;",
    "--   create role kim login password '…' in role ncp_viewer;",
    'begin;',
    schemaLock,
    ...roles,
    upgradeSql,
    'commit;',
    '',
  ].join('\n');
