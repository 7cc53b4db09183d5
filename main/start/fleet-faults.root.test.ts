import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFaults, type FaultCounts } from '../testing/fleet-world/fault-run.ts';
import { faultyFleet, type FaultyFleet } from '../testing/fleet-world/faulty-fleet.ts';
import { armEarlier, manyTasks, shareMany } from '../testing/fleet-world/shared-tasks.ts';
import { unaccounted } from '../testing/fleet-world/slot-accounts.ts';
import { startedTwice, startsIn, survivors } from '../testing/fleet-world/starts.ts';
import { ok } from '../testing/fleet/joined-members.ts';
import { noPostgres } from '../testing/postgres-server.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { temporaryDir } from '../testing/temporary-dir.ts';

// As root, which may give each member a small disk that a test can fill.

const isDeep = process.env['TEST_DEEP'] === '1';
/** What part of the tasks and of the slots a deep run has, for a machine that is too slow for all of them. */
const part = Number(process.env['NCP_TEST_FLEET_PART'] ?? 1);
const size = isDeep
  ? { members: 6, tasks: Math.ceil(200 * part), slots: Math.ceil(50 * part), faults: 300, leaseSeconds: 15 }
  : { members: 2, tasks: 10, slots: 10, faults: 3, leaseSeconds: 5 };
const names = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, size.members);
const work = manyTasks(size.tasks, size.slots);
const patient = { timeout: isDeep ? 1_800_000 : 120_000, interval: 500 };

let fleet: FaultyFleet;

/** Every slot of a task that one member runs has an attempt, none of them runs, and what had to be taken over was. */
async function isSettled(): Promise<boolean> {
  const all = [...work.tasks].filter(([, { mode }]) => mode === 'one');
  const takenOver = all.flatMap(([id, { takesOver }]) => (takesOver ? `'${id}'` : []));
  const [row] = await fleet.server.sql<{ slots: number; open: number }>(
    `select count(distinct (task_id, slot))::int as slots,
      count(*) filter (
        where state = 'running' or (
          fence > 1 and attempt = 1 and (execution_id is null or task_id in (${takenOver.join()})) and not exists (
            select from ncp.claim next where (next.task_id, next.slot, next.attempt) = (c.task_id, c.slot, 2)
          )
        )
      )::int as open
    from ncp.claim c`,
    'ncp',
  );
  return row?.slots === all.length * size.slots && row.open === 0;
}

async function report(counts: FaultCounts, log: string): Promise<void> {
  const starts = startsIn(log);
  const states = await fleet.server.sql<{ state: string; count: number }>(
    'select state, count(*)::int from ncp.claim group by state order by state',
    'ncp',
  );
  const rows = [
    ...Object.entries(counts),
    ['starts, as the tasks wrote them', starts.length],
    ['of these, next attempts', starts.filter(({ attempt }) => attempt > 1).length],
    ...states.map(({ state, count }) => [`claims: ${state}`, count]),
  ];
  process.stdout.write(`${rows.map((row) => row.join(': ')).join('\n')}\n`);
}

// With a full disk, a slot that a member has claimed can stay open: seen with TEST_SEED=20261123, and not solved yet.
const isAsked = isDeep || process.env['NCP_TEST_FLEET_FAULTS'] === '1';
const missing = isAsked ? noPostgres() : 'not in the gate until a full disk leaves no slot open: see docs/fleet.md';

describe.skipIf(missing !== null)(`a fleet under faults${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  beforeAll(async () => {
    const earlier = process.env['NCP_TEST_EARLIER_PROGRAM'];
    fleet = await faultyFleet({ names, leaseSeconds: size.leaseSeconds, earlier });
  });
  afterAll(() => fleet.dispose());

  it('starts no attempt twice, accounts for each slot on each member, and leaves no process', async () => {
    const { server, members } = fleet;
    const log = join(temporaryDir(), 'starts');
    await shareMany(work, { url: server.url('ncp'), dataDir: members[0]?.cli.dataDir ?? '', log });
    for (const { cli } of members) {
      await ok(cli, 'fleet', 'status');
      armEarlier(cli.dataDir, work);
    }
    for (const member of members) member.start();
    const counts = await makeFaults({
      ...{ server, members, leaseMs: size.leaseSeconds * 1000, random: seededRandom('faults of a fleet') },
      ...{ count: size.faults, everyStarts: (size.tasks * size.slots) / size.faults / 2 },
      started: () => startsIn(log).length,
    });
    await expect.poll(isSettled, patient).toBe(true);
    await report(counts, log);
    expect(members.map(({ exits }) => exits)).toEqual(names.map(() => []));
    for (const { cli, name } of members)
      await expect.poll(() => unaccounted(cli, work), { ...patient, message: `open on ${name}` }).toEqual([]);
    await expect.poll(() => survivors(startsIn(log)), patient).toEqual([]);
    expect(startedTwice(startsIn(log), work)).toEqual([]);
  });
});
