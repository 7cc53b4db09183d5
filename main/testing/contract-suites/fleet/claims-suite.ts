import { beforeEach, describe, expect, it } from 'vitest';
import type { FleetDatabase } from '../../../ports/fleet/fleet-database.ts';
import type { ClaimKey } from '../../../ports/fleet/slot-claims.ts';
import { aMember, memberId, type FleetRig } from './fleet-rig.ts';

const key = (change: Partial<ClaimKey> = {}): ClaimKey => ({
  ...{ taskId: 't1', slot: '2026-11-23T12:00:00.000Z', attempt: 1 },
  ...change,
});
const [a, b] = [{ id: memberId('a') }, { id: memberId('b') }];
const day = 86_400_000;
const won = { won: true, fence: 1 };

/** Checks what every `SlotClaims` must do. */
export function claimsContract(start: () => Promise<FleetRig>): void {
  let rig: FleetRig;
  let fleet: FleetDatabase;
  let claims: FleetDatabase['claims'];
  beforeEach(async () => {
    rig = await start();
    fleet = await rig.open();
    claims = fleet.claims;
    await fleet.members.join(aMember('a'));
    await fleet.members.join(aMember('b'));
  });
  const at = async (agoMs: number) => new Date((await fleet.nowMs()) - agoMs).toISOString();
  const claim = async () => (await claims.of('t1', key().slot, key().slot))[0];

  describe('a claim', () => {
    it('is won by the first member; the other gets the holder', async () => {
      expect(await claims.claim(key(), a)).toEqual(won);
      const other = (await rig.open()).claims;
      const lost = await other.claim(key(), b);
      const holder = await claim();
      expect(lost).toEqual({ won: false, holder });
      expect(holder).toEqual({
        ...{ ...key(), memberId: a.id, memberName: 'a', fence: 1, state: 'running', executionId: null },
        ...{ claimedAt: holder?.claimedAt, seenAt: holder?.claimedAt, endedAt: null, reason: null },
      });
    });

    it.each([
      ['another attempt', { attempt: 2 }],
      ['another slot', { slot: '2026-11-23T12:01:00.000Z' }],
      ['another task', { taskId: 't2' }],
    ])('of %s is another claim', async (_, change) => {
      await claims.claim(key(), a);
      expect(await claims.claim(key(change), b)).toEqual(won);
    });

    it('is won by one of many that ask at once', async () => {
      const members = await Promise.all([rig.open(), rig.open(), rig.open(), rig.open()]);
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => {
          const slot = new Date(Date.UTC(2026, 10, 23, 12, index % 10)).toISOString();
          // Two members each, who ask over two connections.
          return (members[index % 4] ?? fleet).claims.claim(key({ slot }), index < 20 ? a : b);
        }),
      );
      const holders = await claims.of('t1', key().slot, '2026-11-23T13:00:00.000Z');
      expect(holders).toHaveLength(10);
      const winners = answers.flatMap(({ won: isWon }, index) =>
        isWon ? `${index % 10} ${index < 20 ? 'a' : 'b'}` : [],
      );
      expect(new Set(winners).size).toBe(10);
    });

    it('is won again by its member that lost the answer, until its execution starts', async () => {
      await claims.claim(key(), a);
      expect(await claims.claim(key(), a)).toEqual(won);
      expect(await claims.started(key(), 1, 'e1')).toBe(true);
      expect(await claims.claim(key(), a)).toMatchObject({ won: false, holder: { executionId: 'e1' } });
    });

    it('is refused to those who are no members, or left', async () => {
      await fleet.members.leave(a.id);
      for (const member of [a, { id: memberId('c') }]) {
        await expect(claims.claim(key(), member)).rejects.toMatchObject({ code: 'fleet/not-a-member' });
      }
      expect(await claims.claim(key(), b)).toEqual(won);
    });

    it('of a member that drains is refused, unless it is the next attempt at a slot of its own', async () => {
      await claims.claim(key(), a);
      await fleet.members.setDraining(a.id, true);
      expect(await claims.claim(key(), a)).toEqual(won);
      expect(await claims.claim(key({ attempt: 2 }), a)).toEqual(won);
      const another = key({ slot: '2026-11-23T12:01:00.000Z' });
      await expect(claims.claim(another, a)).rejects.toMatchObject({ code: 'fleet/draining' });
      await claims.claim(another, b);
      expect(await claims.claim(another, a)).toMatchObject({ won: false, holder: { memberName: 'b' } });
      await expect(claims.claim({ ...another, attempt: 2 }, a)).rejects.toMatchObject({ code: 'fleet/draining' });
      await fleet.members.setDraining(a.id, false);
      expect(await claims.claim({ ...another, attempt: 2 }, a)).toEqual(won);
    });

    it('keeps the name of a member that left', async () => {
      await claims.claim(key(), a);
      await fleet.members.leave(a.id);
      expect(await claim()).toMatchObject({ memberName: 'a' });
    });
  });

  it('are counted: those of the last hour by state, and those that run', async () => {
    expect(await claims.counts()).toMatchObject({ running: 0, longestQuietMs: null });
    const [recent, earlier, old] = [await at(60_000), await at(120_000), await at(2 * 3_600_000)];
    for (const slot of [recent, earlier, old]) await claims.claim(key({ slot }), a);
    await claims.end(key({ slot: earlier }), 1, { state: 'failure', reason: null });
    const { lastHour, running, longestQuietMs } = await claims.counts();
    expect(lastHour).toEqual({ running: 1, success: 0, failure: 1, cancelled: 0, interrupted: 0, superseded: 0 });
    expect(running).toBe(2);
    expect(longestQuietMs).toBeGreaterThanOrEqual(0);
  });

  describe('a claim whose run did not begin', () => {
    const released = (change: { readonly memberId?: string; readonly fence?: number; readonly executionId?: string }) =>
      claims.release(key(), { memberId: a.id, fence: 1, executionId: 'e1', ...change });

    it.each([['before its execution is known', false] as const, ['after its execution is known', true] as const])(
      'is given back %s, and won by another member',
      async (_, isStarted) => {
        await claims.claim(key(), a);
        if (isStarted) await claims.started(key(), 1, 'e1');
        await released({});
        expect(await claim()).toBeUndefined();
        await released({});
        expect(await claims.claim(key(), b)).toEqual(won);
      },
    );

    it('stays if another execution, member or fence has it', async () => {
      await claims.claim(key(), a);
      await released({ memberId: b.id });
      await claims.started(key(), 1, 'e1');
      for (const change of [{ executionId: 'e2' }, { memberId: b.id }, { fence: 2 }]) await released(change);
      expect(await claim()).toMatchObject({ state: 'running', executionId: 'e1' });
    });

    it('stays once it has ended', async () => {
      await claims.claim(key(), a);
      await claims.started(key(), 1, 'e1');
      await claims.end(key(), 1, { state: 'success', reason: null });
      await released({});
      expect(await claim()).toMatchObject({ state: 'success' });
    });
  });

  describe('a run', () => {
    it('is one execution: a second process of the same member may not start', async () => {
      await claims.claim(key(), a);
      expect(await claims.started(key(), 1, 'e1')).toBe(true);
      expect(await claims.started(key(), 1, 'e1')).toBe(true);
      expect(await claims.started(key(), 1, 'e2')).toBe(false);
      expect(await claims.started(key({ attempt: 2 }), 1, 'e1')).toBe(false);
      expect(await claim()).toMatchObject({ executionId: 'e1' });
    });

    it('ends once, with a state and a reason', async () => {
      await claims.claim(key(), a);
      await claims.started(key(), 1, 'e1');
      expect(await claims.end(key(), 1, { state: 'failure', reason: 'exit code 3' })).toBe(true);
      const ended = await claim();
      expect(ended).toMatchObject({ state: 'failure', reason: 'exit code 3', endedAt: expect.any(String) as string });
      expect(await claims.end(key(), 1, { state: 'failure', reason: 'exit code 3' })).toBe(true);
      expect(await claims.end(key(), 1, { state: 'success', reason: null })).toBe(false);
      expect(await claims.started(key(), 1, 'e1')).toBe(false);
      expect(await claim()).toEqual(ended);
      expect(await claims.claim(key(), b)).toEqual({ won: false, holder: ended });
    });

    it('keeps its lease while it gives signs of life', async () => {
      await claims.claim(key(), a);
      await rig.pass(50_000);
      expect(await claims.beat(a.id, [{ ...key(), fence: 1 }])).toEqual([]);
      expect(await claims.endLost(40_000, 'lost')).toEqual([]);
      expect(await claims.beat(a.id, [])).toEqual([]);
    });

    it('learns which of its claims are no longer held', async () => {
      await claims.claim(key(), a);
      await claims.claim(key({ attempt: 2 }), a);
      await claims.end(key({ attempt: 2 }), 1, { state: 'success', reason: null });
      const held = [1, 2, 3].map((attempt) => ({ ...key({ attempt }), fence: 1 }));
      expect(await claims.beat(a.id, held)).toEqual([key({ attempt: 2 }), key({ attempt: 3 })]);
      expect(await claims.beat(b.id, [{ ...key(), fence: 1 }])).toEqual([key()]);
      expect(await claims.beat(a.id, [{ ...key(), fence: 0 }])).toEqual([key()]);
    });
  });

  describe('a lost run', () => {
    it('is ended for one caller, and its member may write nothing more', async () => {
      await claims.claim(key(), a);
      await claims.started(key(), 1, 'e1');
      await rig.pass(50_000);
      const other = (await rig.open()).claims;
      const answers = await Promise.all([claims, other].map((one) => one.endLost(40_000, 'a gave no sign of life')));
      const lost = await claim();
      expect(answers.flat()).toEqual([lost]);
      expect(lost).toMatchObject({
        ...{ state: 'interrupted', reason: 'a gave no sign of life', fence: 2, executionId: 'e1' },
        endedAt: expect.any(String) as string,
      });
      expect(await claims.started(key(), 1, 'e1')).toBe(false);
      expect(await claims.end(key(), 1, { state: 'success', reason: null })).toBe(false);
      expect(await claims.end(key(), 1, { state: 'interrupted', reason: 'late' })).toBe(false);
      expect(await claims.beat(a.id, [{ ...key(), fence: 1 }])).toEqual([key()]);
      expect(await claims.claim(key(), a)).toEqual({ won: false, holder: lost });
      expect(await claim()).toEqual(lost);
    });

    it('frees no slot: the next attempt is another claim', async () => {
      await claims.claim(key(), a);
      await rig.pass(50_000);
      expect(await claims.endLost(40_000, 'lost')).toHaveLength(1);
      expect(await claims.claim(key(), b)).toMatchObject({ won: false });
      expect(await claims.claim(key({ attempt: 2 }), b)).toEqual(won);
      expect(await claims.endLost(40_000, 'lost')).toEqual([]);
    });
  });

  describe('a run that was lost', () => {
    const lost = async () => (await claims.lost(60_000)).map(({ slot, attempt }) => `${slot.slice(14, 16)} ${attempt}`);

    it('is listed for every member until another attempt follows', async () => {
      await claims.claim(key(), a);
      await claims.claim(key({ slot: '2026-11-23T12:01:00.000Z' }), a);
      await rig.pass(50_000);
      await claims.claim(key({ slot: '2026-11-23T12:02:00.000Z' }), a);
      expect(await lost()).toEqual([]);
      await claims.endLost(40_000, 'lost');
      expect((await lost()).sort()).toEqual(['00 1', '01 1']);
      expect(await (await rig.open()).claims.lost(60_000)).toMatchObject([{ memberName: 'a' }, { memberName: 'a' }]);
      await claims.claim(key({ attempt: 2 }), b);
      expect(await lost()).toEqual(['01 1']);
    });

    it('is not one that its own member ended as interrupted', async () => {
      await claims.claim(key(), a);
      await claims.end(key(), 1, { state: 'interrupted', reason: 'the worker crashed' });
      expect(await lost()).toEqual([]);
    });

    it('is listed no more after the time that the caller gives', async () => {
      await claims.claim(key(), a);
      await rig.pass(50_000);
      await claims.endLost(40_000, 'lost');
      await rig.pass(70_000);
      expect(await lost()).toEqual([]);
      expect(await claims.lost(3_600_000)).toHaveLength(1);
    });
  });

  describe('old claims', () => {
    it('are folded into a mark of their task, which no member can claim at or before', async () => {
      const [older, old, young] = [await at(101 * day), await at(100 * day), await at(89 * day)];
      for (const slot of [older, old, young]) {
        await claims.claim(key({ slot }), a);
        await claims.end(key({ slot }), 1, { state: 'success', reason: null });
      }
      expect(await claims.fold(day)).toBe(2);
      expect(await claims.fold(day)).toBe(0);
      expect(await claims.claim(key({ slot: old }), b)).toEqual({ won: false, holder: null });
      expect(await claims.claim(key({ slot: older, attempt: 2 }), b)).toEqual({ won: false, holder: null });
      expect(await claims.claim(key({ slot: old, taskId: 't2' }), b)).toEqual(won);
      expect(await claims.of('t1', older, young)).toMatchObject([{ slot: young }]);
    });

    it('stay while their run has not ended, and as long as the caller wants', async () => {
      const slot = await at(100 * day);
      await claims.claim(key({ slot }), a);
      expect(await claims.fold(90 * day)).toBe(0);
      await claims.end(key({ slot }), 1, { state: 'success', reason: null });
      expect(await claims.fold(120 * day)).toBe(0);
      expect(await claims.fold(90 * day)).toBe(1);
    });
  });

  it('lists the claims of a task between two instants, both included, by slot and attempt', async () => {
    const slots = [0, 1, 2, 3].map((minute) => `2026-11-23T12:0${minute}:00.000Z`);
    for (const slot of slots.toReversed()) await claims.claim(key({ slot }), a);
    await claims.claim(key({ slot: slots[1] ?? '', attempt: 2 }), b);
    await claims.claim(key({ taskId: 't2' }), b);
    const found = await claims.of('t1', slots[1] ?? '', slots[2] ?? '');
    expect(found.map(({ slot, attempt, memberName }) => `${slot.slice(14, 16)} ${attempt} ${memberName}`)).toEqual([
      ...['01 1 a', '01 2 b', '02 1 a'],
    ]);
  });
}
