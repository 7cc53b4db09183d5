import { expect, it } from 'vitest';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { memoryHost } from '../../testing/memory-host.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryStore } from '../../testing/memory-store.ts';
import { Snapshots } from './snapshots.ts';

const snapshotWith = (known: Partial<Pick<Ledger, 'loss' | 'replacement'>>) =>
  new Snapshots({
    store: memoryStore(),
    ledger: Object.assign(Object.create(memoryLedger()) as Ledger, known),
    tasks: { list: () => [], timings: () => Promise.resolve([]) },
    app: { version: '1.0.0', platform: 'linux', timezone: 'UTC', dataDir: '/d' },
    inFleet: () => false,
    timeStyle: () => ({ clock: '24h', weekStart: 'monday' }),
    osScheduler: () => Promise.resolve('systemd'),
    waiting: () => [],
  }).whole(memoryHost().desktopState());

it('says nothing about a ledger that is whole', async () => {
  expect((await snapshotWith({})).ledgerTrouble).toBeNull();
});

it('says that the ledger was lost or replaced, and when that was noticed last', async () => {
  const loss = () => ({ at: '2026-11-20T08:00:00.000Z', cause: 'missing' as const });
  const replacement = () => ({ at: '2026-11-21T08:00:00.000Z', movedTo: '/d/old', rowsSaved: 3, complete: false });
  expect((await snapshotWith({ loss })).ledgerTrouble).toMatchObject({
    at: '2026-11-20T08:00:00.000Z',
    message: expect.stringMatching(/^The ledger was missing, and a new one was created/) as string,
  });
  expect((await snapshotWith({ loss, replacement })).ledgerTrouble).toMatchObject({
    at: '2026-11-21T08:00:00.000Z',
    message: expect.stringMatching(/^The ledger was damaged .*3 rows were saved.* The ledger was missing/) as string,
  });
});
