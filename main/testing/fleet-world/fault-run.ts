import { setTimeout as pause } from 'node:timers/promises';
import { crashDatabase, databaseFault, drawFaults, faults, type FaultName, type FaultPlace } from './faults.ts';

export interface FaultRunOptions extends FaultPlace {
  readonly count: number;
  /** How many runs have started. */
  readonly started: () => number;
  /** How many starts there are at least between two faults, on average. */
  readonly everyStarts: number;
}

/** How often each kind of fault was made; the kinds that could not be made here have 0. */
export type FaultCounts = Readonly<Record<string, number>>;

/** The next fault comes after so long at the latest, in ms, however few runs have started. */
const longestWaitMs = 4_000;

/**
 * Makes faults by the progress of the runs, several at a time; at least one member is spared at any time, so that the work goes on.
 * Resolves when all of them are over.
 */
export async function makeFaults(options: FaultRunOptions): Promise<FaultCounts> {
  const { random, count, members, started, everyStarts } = options;
  const counts = new Map<FaultName, number>();
  const lasting = new Set<Promise<void>>();
  for (const name of drawFaults(count, random)) {
    counts.set(name, counts.get(name) ?? 0);
    const until = started() + random() * 2 * everyStarts;
    const since = Date.now();
    while (started() < until && Date.now() - since < longestWaitMs) await pause(20);
    while (members.filter(({ state }) => state === 'up').length < 2) await pause(20);
    const fault = make(name, options).then((made) => {
      if (made) counts.set(name, (counts.get(name) ?? 0) + 1);
    });
    lasting.add(fault);
    void fault.finally(() => lasting.delete(fault));
    // Without a database, no other fault finds anything to disturb.
    if (name === databaseFault) await fault;
  }
  await Promise.all(lasting);
  return Object.fromEntries(counts);
}

async function make(name: FaultName, place: FaultPlace): Promise<boolean> {
  if (name === databaseFault) {
    await crashDatabase(place);
    return true;
  }
  const whole = place.members.filter(({ state }) => state === 'up');
  const member = whole[Math.floor(place.random() * whole.length)];
  if (member === undefined) return false;
  member.state = 'faulty';
  try {
    return await faults[name](place, member);
  } finally {
    member.state = 'up';
  }
}
