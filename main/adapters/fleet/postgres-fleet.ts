import { z } from 'zod';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FleetAccess, FleetDatabase, FleetIdentity } from '../../ports/fleet/fleet-database.ts';
import { checkedRow } from './checked-rows.ts';
import { clientConfig, connectionTo, defaultLimits, type Connection, type TimeLimits } from './connection.ts';
import { parseDatabaseUrl, placeOf, withoutPassword } from './database-url.ts';
import { postgresMembers } from './members.ts';
import { postgresRuns } from './runs.ts';
import { initScript, schemaLock, upgradeSql } from './schema/schema-script.ts';
import { schemaVersions } from './schema/versions.ts';
import { postgresSharedTasks } from './shared-tasks.ts';
import { postgresClaims } from './slot-claims.ts';
import { ChangeWatch } from './watch.ts';

export interface PostgresNeeds {
  readonly clock: Clock;
  /** Returns a number in [0, 1). */
  readonly random: () => number;
  /** @default `defaultLimits` */
  readonly limits?: TimeLimits;
}

/** The version of the schema that this program creates and uses. */
const current = schemaVersions.at(-1)?.version ?? 0;
/** The oldest PostgreSQL with `gen_random_uuid` and everything else that the schema uses. */
const oldestServer = 130_000;

/** Returns the way to fleets in PostgreSQL. */
export function postgresFleet(needs: PostgresNeeds): FleetAccess {
  const limits = needs.limits ?? defaultLimits;
  return {
    place: (url) => placeOf(parseDatabaseUrl(url)),
    withoutPassword,
    initScript,
    init: async (url, { leaseMs } = {}) => {
      const connection = await connectionTo(parseDatabaseUrl(url), limits);
      try {
        return await connection.transaction(async (query) => {
          await query(schemaLock);
          if ((await checkVersion(connection, query)) < current) await query(upgradeSql);
          if (leaseMs !== undefined) await query('update ncp.fleet set lease_ms = $1', [leaseMs]);
          return identityOf(query);
        });
      } finally {
        await connection.close();
      }
    },
    open: async (url) => {
      const connection = await connectionTo(parseDatabaseUrl(url), limits);
      try {
        const version = await checkVersion(connection, connection.query);
        if (version === 0) throw noFleet(connection);
        if (version < current) throw older(version);
        return databaseOver(connection, { ...needs, limits }, await identityOf(connection.query));
      } catch (error) {
        await connection.close();
        throw error;
      }
    },
  };
}

function databaseOver(
  connection: Connection,
  { clock, random, limits }: Required<PostgresNeeds>,
  identity: FleetIdentity,
): FleetDatabase {
  const watch = new ChangeWatch({
    ...{ clock, random },
    client: async () => new (await import('pg')).Client(clientConfig(connection.address, limits)),
  });
  return {
    identity,
    members: postgresMembers(connection),
    tasks: postgresSharedTasks(connection),
    claims: postgresClaims(connection),
    runs: postgresRuns(connection),
    nowMs: async () => {
      const [row] = await connection.query<{ now: Date }>('select now()');
      return row?.now.getTime() ?? Number.NaN;
    },
    watch: (listener, asked) => watch.add(listener, asked),
    close: async () => {
      watch.close();
      await connection.close();
    },
  };
}

const versionSchema = z.object({ version: z.int(), usable_from: z.int() });

/** Returns the version of the schema, 0 for none. @throws SchedulerError `fleet/newer`, `fleet/server-too-old` */
async function checkVersion({ address }: Connection, query: Connection['query']): Promise<number> {
  const [server] = await query<{ number: number; has_schema: boolean }>(
    `select current_setting('server_version_num')::int as number, to_regclass('ncp.version') is not null as has_schema`,
  );
  if ((server?.number ?? 0) < oldestServer) throw serverTooOld(placeOf(address), server?.number ?? 0);
  if (server?.has_schema !== true) return 0;
  const [row] = await query('select version, usable_from from ncp.version order by version desc limit 1');
  if (row === undefined) return 0;
  const newest = checkedRow(versionSchema, row, { table: 'ncp.version', key: ['version'] });
  if (newest.usable_from > current) throw newer(newest.version);
  return newest.version;
}

const identitySchema = z.object({ id: z.string(), lease_ms: z.int(), version: z.int() });

async function identityOf(query: Connection['query']): Promise<FleetIdentity> {
  const [row] = await query('select id, lease_ms, (select max(version) from ncp.version) as version from ncp.fleet');
  if (row === undefined) throw new SchedulerError('fleet/damaged', 'The table ncp.fleet has no row. Restore a backup.');
  const { id, lease_ms: leaseMs, version } = checkedRow(identitySchema, row, { table: 'ncp.fleet', key: [] });
  return { id, schemaVersion: version, leaseMs };
}

const noFleet = ({ address }: Connection): SchedulerError => {
  const place = placeOf(address);
  return new SchedulerError('fleet/none', `The database ${place} has no fleet. Create it with: fleet init`, { place });
};
const older = (version: number): SchedulerError =>
  new SchedulerError(
    'fleet/older',
    `The fleet has version ${version} of the schema, and this program needs ${current}. Upgrade it with: fleet init`,
    { version, needed: current },
  );
const newer = (version: number): SchedulerError =>
  new SchedulerError(
    'fleet/newer',
    `The fleet has version ${version} of the schema, and this program knows ${current}. Update NCP Scheduler on this machine.`,
    { version, known: current },
  );
const serverTooOld = (place: string, number: number): SchedulerError =>
  new SchedulerError(
    'fleet/server-too-old',
    `The database ${place} runs PostgreSQL ${Math.floor(number / 10_000)}. A fleet needs version ${oldestServer / 10_000} or newer.`,
    { place },
  );
