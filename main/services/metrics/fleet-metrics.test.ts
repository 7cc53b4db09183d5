import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApplication } from '../../application/create-application.ts';
import { twoMachines, type TwoMachines } from '../../testing/fleet/two-machines.ts';
import { parseStrictly } from './testing/strict-parser.ts';

let machines: TwoMachines;
beforeEach(async () => (machines = await twoMachines()));
afterEach(() => machines.dispose());

/** Returns the metrics of the fleet by name and label. */
async function fleetMetrics(application = machines.one.application): Promise<Record<string, number>> {
  const families = parseStrictly(await (await application.metrics()).text());
  const samples = [...families].filter(([name]) => name.startsWith('ncp_fleet_'));
  return Object.fromEntries(
    samples.flatMap(([name, family]) =>
      family.samples.map(({ labels, value }) => [[name, ...Object.values(labels)].join(' '), value] as const),
    ),
  );
}

it('a machine in no fleet has no metrics of a fleet', async () => {
  expect(await fleetMetrics()).toEqual({});
});

it('a member counts members, running claims and the slots of the last hour', async () => {
  const { clock, one } = machines;
  await machines.bothJoin();
  const id = await one.create('Backup');
  await (await one.application.fleet()).share(id, { mode: 'one', tags: [] }, 'cli');
  clock.advance(60_000);
  expect(await one.fire()).toHaveLength(1);
  expect(await fleetMetrics()).toEqual({
    ...{ ncp_fleet_up: 1, 'ncp_fleet_members alive': 2, 'ncp_fleet_members draining': 0, 'ncp_fleet_members lost': 0 },
    ...{ ncp_fleet_runs_running: 0, 'ncp_fleet_slots_last_hour running': 0, 'ncp_fleet_slots_last_hour success': 1 },
    ...{ 'ncp_fleet_slots_last_hour failure': 0, 'ncp_fleet_slots_last_hour cancelled': 0 },
    ...{ 'ncp_fleet_slots_last_hour interrupted': 0, 'ncp_fleet_slots_last_hour superseded': 0 },
  });
  await (await one.application.fleet()).drain('laptop', true, 'cli');
  clock.advance(3 * 60_000);
  expect(await fleetMetrics()).toMatchObject({ 'ncp_fleet_members alive': 0, 'ncp_fleet_members lost': 2 });
});

it('a database that does not answer is said, and the other metrics are there', async () => {
  await machines.bothJoin();
  machines.fleet.setAway(true);
  expect(await fleetMetrics()).toEqual({ ncp_fleet_up: 0 });
});

it('a process that cannot decrypt the address says nothing about the database', async () => {
  await machines.bothJoin();
  const { outside } = machines.one;
  const cipher = { ...(await outside.cipher()), problem: () => 'the keychain is locked' };
  Object.assign(outside, { cipher: () => Promise.resolve(cipher) });
  expect(await fleetMetrics(createApplication(outside))).toEqual({});
});
