import { existsSync, writeSync } from 'node:fs';
import process from 'node:process';
import { randomUUID } from 'node:crypto';
import { postgresFleet } from '../../adapters/fleet/postgres-fleet.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { FleetDatabase } from '../../ports/fleet/fleet-database.ts';
import { aMember } from '../contract-suites/fleet/fleet-rig.ts';

/**
 * One member of several that claim the same slots: `claim-child.mjs URL NAME GO forwards|backwards COUNT`. NAME is one letter.
 * Prints `ready`, waits until the file GO exists, then claims COUNT slots. Prints `start SLOT` for each run that it may
 * start, `done` at the end.
 *
 * `claim-child.mjs URL NAME GO hold`: claims one slot and starts, prints `holding`, waits until the file GO exists, and prints
 * what became of its run: `beat N` (claims that it lost), `end true` or `end false`.
 */
async function main(): Promise<void> {
  const [url = '', name = '', go = '', order = '', count = '1'] = process.argv.slice(2);
  const fleet = postgresFleet({ clock: systemClock, random: Math.random });
  const database = await insist(() => fleet.open(url));
  const member = aMember(name);
  await insist(() => database.members.join(member));
  const slots = Array.from({ length: Number(count) }, (_, index) => slotOf(index));
  if (order === 'hold') await hold(database, member.id, go);
  else await claimAll(database, { id: member.id, slots: order === 'backwards' ? slots.reverse() : slots, go });
  await database.close();
}

const say = (line: string): void => void writeSync(1, `${line}\n`);
const slotOf = (index: number): string => new Date(Date.UTC(2026, 10, 23) + index * 60_000).toISOString();
const keyOf = (slot: string) => ({ taskId: 't1', slot, attempt: 1 });

async function claimAll(
  { claims }: FleetDatabase,
  { id, slots, go }: { id: string; slots: readonly string[]; go: string },
): Promise<void> {
  say('ready');
  await waitFor(go);
  for (const slot of slots) {
    const key = keyOf(slot);
    const claim = await insist(() => claims.claim(key, { id }));
    if (!claim.won) continue;
    const executionId = randomUUID();
    if (!(await insist(() => claims.started(key, claim.fence, executionId)))) continue;
    say(`start ${slot}`);
    await insist(() => claims.end(key, claim.fence, { state: 'success', reason: null }));
  }
  say('done');
}

async function hold({ claims }: FleetDatabase, id: string, go: string): Promise<void> {
  const key = keyOf(slotOf(0));
  const claim = await claims.claim(key, { id });
  if (!claim.won || !(await claims.started(key, claim.fence, randomUUID()))) throw new Error('the claim was not won');
  say('holding');
  await waitFor(go);
  const lost = await claims.beat(id, [{ ...key, fence: claim.fence }]);
  say(`beat ${lost.length}`);
  say(`end ${await claims.end(key, claim.fence, { state: 'success', reason: null })}`);
}

/** Asks again while the database is away, as a member does. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof SchedulerError) || error.code !== 'fleet/away') throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

async function waitFor(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 2));
}

await main();
