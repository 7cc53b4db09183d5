import { describe, expect, it, onTestFinished } from 'vitest';
import type { FleetAccess } from '../../ports/fleet/fleet-database.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { fleetUrl } from '../../testing/fleet/two-machines.ts';
import { memoryOutsideAt } from '../../testing/memory-outside.ts';
import { FleetConnection } from './fleet-connection.ts';

/** A machine that joined a fleet whose database says this of its lease, and how many connections it has closed. */
async function joinedWith(leaseMs: number) {
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const outside = memoryOutsideAt(clock);
  onTestFinished(() => outside.dispose());
  const [file, cipher, real] = [await outside.fleetFile(), await outside.cipher(), await outside.fleetAccess()];
  const { id: fleetId } = await real.init(fleetUrl, { leaseMs });
  file.update(() => ({
    ...{ fleetId, memberId: 'm-1', name: 'laptop', tags: [], lockedUrl: cipher.encrypt(fleetUrl), address: 'ncp' },
    ...{ joinedAt: clock.nowIso(), draining: false, accepted: {}, withdrawn: [], removed: {}, signers: {}, change: 0 },
    ...{ revisions: {}, refused: {}, owed: [], releases: [] },
  }));
  const closed = { count: 0 };
  const access = Object.create(real) as FleetAccess;
  access.open = async (url) => {
    const database = await real.open(url);
    const watched = Object.create(database) as typeof database;
    return Object.assign(watched, { close: () => ((closed.count += 1), database.close()) });
  };
  const connection = new FleetConnection({ file, access, cipher, clock });
  return { connection, closed, clock };
}

describe('the lease that the database of a fleet names', () => {
  it.each([5000, 60_000, 3_600_000])('is used if all members can keep it: %d ms', async (leaseMs) => {
    const { connection, closed } = await joinedWith(leaseMs);
    expect((await connection.database()).identity.leaseMs).toBe(leaseMs);
    expect(closed.count).toBe(0);
  });

  it.each([4999, 0, -1, 3_600_001, Number.NaN, Number.POSITIVE_INFINITY])(
    'is refused if it would make every run lost, or none: %d ms',
    async (leaseMs) => {
      const { connection, closed, clock } = await joinedWith(leaseMs);
      const refused = { code: 'fleet/damaged', details: { leaseMs } };
      await expect(connection.database()).rejects.toMatchObject(refused);
      await expect(connection.call((database) => database.nowMs())).rejects.toMatchObject(refused);
      expect(closed.count).toBe(1);
      // It is asked again later: somebody may have corrected it.
      clock.advance(5000);
      await expect(connection.database()).rejects.toMatchObject(refused);
      expect(closed.count).toBe(2);
    },
  );
});
