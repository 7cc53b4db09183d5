import { afterAll, beforeAll, describe } from 'vitest';
import { systemClock } from '../system/system-clock.ts';
import type { FleetDatabase } from '../../ports/fleet/fleet-database.ts';
import { claimsContract } from '../../testing/contract-suites/fleet/claims-suite.ts';
import type { FleetRig } from '../../testing/contract-suites/fleet/fleet-rig.ts';
import { membersContract } from '../../testing/contract-suites/fleet/members-suite.ts';
import { runsContract } from '../../testing/contract-suites/fleet/runs-suite.ts';
import { sharedTasksContract } from '../../testing/contract-suites/fleet/shared-tasks-suite.ts';
import { noPostgres, startPostgres, type PostgresServer } from '../../testing/postgres-server.ts';
import { postgresFleet } from './postgres-fleet.ts';

const missing = noPostgres();

describe.skipIf(missing !== null)(`a fleet in PostgreSQL${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: PostgresServer;
  const fleet = postgresFleet({ clock: systemClock, random: Math.random });
  const opened: FleetDatabase[] = [];

  beforeAll(async () => {
    server = await startPostgres();
    await fleet.init(server.url('postgres'));
  });
  afterAll(async () => {
    await closeAll();
    await server.dispose();
  });
  const closeAll = async () => {
    await Promise.all(opened.splice(0).map((database) => database.close()));
  };

  const rig = async (): Promise<FleetRig> => {
    await closeAll();
    await server.sql(
      'truncate ncp.member, ncp.definition, ncp.claim, ncp.mark, ncp.run, ncp.log_request; update ncp.fleet set change = 0',
    );
    const open = async () => {
      const database = await fleet.open(server.url('postgres'));
      opened.push(database);
      return database;
    };
    const pass = async (ms: number) => {
      const older = (column: string) => `${column} = ${column} - ${ms} * interval '1 ms'`;
      await server.sql(`update ncp.claim set ${older('claimed_at')}, ${older('seen_at')}, ${older('ended_at')}`);
      await server.sql(`update ncp.log_request set ${older('asked_at')}`);
      await server.sql(`update ncp.member set ${older('joined_at')}, ${older('seen_at')}`);
    };
    return { open, pass };
  };

  describe('members', () => membersContract(rig));
  describe('shared tasks', () => sharedTasksContract(rig));
  describe('claims', () => claimsContract(rig));
  describe('runs', () => runsContract(rig));
});
