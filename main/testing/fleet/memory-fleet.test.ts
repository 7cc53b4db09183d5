import { describe, expect, it } from 'vitest';
import { claimsContract } from '../contract-suites/fleet/claims-suite.ts';
import { aMember, memberId, type FleetRig } from '../contract-suites/fleet/fleet-rig.ts';
import { keysContract } from '../contract-suites/fleet/keys-suite.ts';
import { membersContract } from '../contract-suites/fleet/members-suite.ts';
import { runsContract } from '../contract-suites/fleet/runs-suite.ts';
import { sharedTasksContract } from '../contract-suites/fleet/shared-tasks-suite.ts';
import { fakeClock } from '../fake-clock.ts';
import { memoryKeys } from './memory-keys.ts';
import { memoryFleet } from './memory-fleet.ts';

const url = 'postgresql://localhost/ncp';

async function memoryRig(): Promise<FleetRig> {
  const clock = fakeClock();
  const fleet = memoryFleet(clock);
  await fleet.init(url);
  return { open: () => fleet.open(url), pass: async (ms) => clock.advance(ms) };
}

describe('the fleet in memory', () => {
  describe('members', () => membersContract(memoryRig));
  describe('shared tasks', () => sharedTasksContract(memoryRig));
  describe('claims', () => claimsContract(memoryRig));
  describe('runs', () => runsContract(memoryRig));
  describe('keys', () => keysContract(memoryKeys));

  it('is created once, and cannot be opened before', async () => {
    const fleet = memoryFleet(fakeClock());
    await expect(fleet.open(url)).rejects.toMatchObject({ code: 'fleet/none' });
    const identity = await fleet.init(url);
    expect(await fleet.init(url)).toEqual(identity);
    expect((await fleet.open(url)).identity).toEqual(identity);
    expect((await fleet.init('postgresql://localhost/other')).id).not.toBe(identity.id);
    await expect(fleet.init('nowhere')).rejects.toMatchObject({ code: 'fleet/url' });
  });

  it('can be taken away, and keeps its content', async () => {
    const fleet = memoryFleet(fakeClock());
    await fleet.init(url);
    const database = await fleet.open(url);
    await database.members.join(aMember('a'));
    fleet.setAway(true);
    await expect(database.members.list()).rejects.toMatchObject({ code: 'fleet/away' });
    await expect(fleet.open(url)).rejects.toMatchObject({ code: 'fleet/away' });
    const called = new Promise<void>((resolve) => database.watch(resolve));
    fleet.setAway(false);
    await called;
    expect(await database.members.list()).toMatchObject([{ name: 'a' }]);
  });

  it('can lose an answer after it did the work', async () => {
    const fleet = memoryFleet(fakeClock());
    await fleet.init(url);
    const database = await fleet.open(url);
    await database.members.join(aMember('a'));
    fleet.loseNextAnswer();
    const key = { taskId: 't1', slot: '2026-11-23T12:00:00.000Z', attempt: 1 };
    const claim = () => database.claims.claim(key, { id: memberId('a') });
    await expect(claim()).rejects.toMatchObject({ code: 'fleet/away' });
    expect(await database.claims.of('t1', key.slot, key.slot)).toHaveLength(1);
    expect(await claim()).toEqual({ won: true, fence: 1 });
  });

  it('calls watchers once a minute without a change', async () => {
    const clock = fakeClock();
    const fleet = memoryFleet(clock);
    await fleet.init(url);
    const database = await fleet.open(url);
    let calls = 0;
    database.watch(() => (calls += 1));
    clock.advance(120_000);
    expect(calls).toBe(2);
    await database.close();
    clock.advance(120_000);
    expect(calls).toBe(2);
    expect(clock.pending()).toEqual([]);
  });
});
