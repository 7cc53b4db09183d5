import { beforeEach, expect, it } from 'vitest';
import type { FleetDatabase } from '../../../ports/fleet/fleet-database.ts';
import { aMember, idle, memberId, type FleetRig } from './fleet-rig.ts';

/** Checks what every `FleetMembers` must do. */
export function membersContract(start: () => Promise<FleetRig>): void {
  let rig: FleetRig;
  let fleet: FleetDatabase;
  beforeEach(async () => {
    rig = await start();
    fleet = await rig.open();
  });
  const names = async () => (await fleet.members.list()).map(({ name }) => name);
  const near = async (instant: string | undefined) => Math.abs(Date.parse(instant ?? '') - (await fleet.nowMs()));

  it('lists who joined, by name, with everything they said', async () => {
    await fleet.members.join(aMember('b'));
    await fleet.members.join(aMember('a', { tags: ['gpu', 'Zürich'], version: '2.0.0' }));
    const [first, second] = await (await rig.open()).members.list();
    expect(second?.name).toBe('b');
    expect(first).toEqual({
      ...aMember('a', { tags: ['gpu', 'Zürich'], version: '2.0.0' }),
      ...{ joinedAt: first?.joinedAt, seenAt: first?.joinedAt, draining: false },
    });
    expect(await near(first?.joinedAt)).toBeLessThan(60_000);
  });

  it('gives a name to one member only', async () => {
    await fleet.members.join(aMember('a'));
    await expect(fleet.members.join(aMember('b', { name: 'a' }))).rejects.toMatchObject({ code: 'fleet/name-taken' });
    expect(await names()).toEqual(['a']);
  });

  it('refuses another key for the same member, also after it left', async () => {
    await fleet.members.join(aMember('a'));
    const other = aMember('a', { publicKey: 'another' });
    await expect(fleet.members.join(other)).rejects.toMatchObject({ code: 'fleet/key-changed' });
    await fleet.members.leave(memberId('a'));
    await expect(fleet.members.join(other)).rejects.toMatchObject({ code: 'fleet/key-changed' });
    expect(await names()).toEqual([]);
  });

  it('lets a member join again with another name, tags and version', async () => {
    await fleet.members.join(aMember('a'));
    const [before] = await fleet.members.list();
    await fleet.members.join(aMember('a', { name: 'office', tags: [], version: '1.3.0' }));
    expect(await fleet.members.list()).toMatchObject([
      { id: memberId('a'), name: 'office', tags: [], version: '1.3.0', joinedAt: before?.joinedAt },
    ]);
  });

  it('frees the name of a member that leaves, and lets it return', async () => {
    await fleet.members.join(aMember('a'));
    await fleet.members.leave(memberId('a'));
    await fleet.members.leave(memberId('a'));
    await fleet.members.join(aMember('b', { name: 'a' }));
    await expect(fleet.members.join(aMember('a'))).rejects.toMatchObject({ code: 'fleet/name-taken' });
    await fleet.members.join(aMember('a', { name: 'c' }));
    expect(await names()).toEqual(['a', 'c']);
  });

  it('records signs of life by the clock of the database, and refuses those of others', async () => {
    await fleet.members.join(aMember('a'));
    await rig.pass(3_600_000);
    const [quiet] = await fleet.members.list();
    expect(await near(quiet?.seenAt)).toBeGreaterThanOrEqual(3_600_000);
    const status = {
      ...{ running: 2, limit: 4, servers: ['files'], secrets: ['TOKEN'], clockOffsetMs: -31_000 },
      nextRunAt: '2026-11-23T12:00:00.000Z',
    };
    await fleet.members.beat(memberId('a'), status);
    const [alive] = await fleet.members.list();
    expect(alive?.status).toEqual(status);
    expect(await near(alive?.seenAt)).toBeLessThan(60_000);
    const stranger = { code: 'fleet/not-a-member' };
    await expect(fleet.members.beat(memberId('b'), idle)).rejects.toMatchObject(stranger);
    await fleet.members.leave(memberId('a'));
    await expect(fleet.members.beat(memberId('a'), idle)).rejects.toMatchObject(stranger);
  });

  it('drains until somebody ends it, or it joins again', async () => {
    await fleet.members.join(aMember('a'));
    const other = await rig.open();
    const draining = async () => (await other.members.list()).map((member) => member.draining);
    await other.members.setDraining(memberId('a'), true);
    await fleet.members.beat(memberId('a'), idle);
    expect(await draining()).toEqual([true]);
    await other.members.setDraining(memberId('a'), false);
    expect(await draining()).toEqual([false]);
    await other.members.setDraining(memberId('a'), true);
    await fleet.members.join(aMember('a'));
    expect(await draining()).toEqual([false]);
    await other.members.setDraining(memberId('b'), true);
  });

  it('calls the watchers of every member until they stop', async () => {
    const calls: string[] = [];
    const other = await rig.open();
    const stop = other.watch(() => calls.push('stopped'));
    stop();
    const called = new Promise<void>((resolve) => other.watch(resolve));
    await fleet.members.join(aMember('a'));
    await called;
    expect(calls).toEqual([]);
  });
}
