import type { PostgresServer } from '../postgres-server.ts';
import type { FaultyMember } from './faulty-member.ts';

export interface FaultPlace {
  readonly server: PostgresServer;
  readonly members: readonly FaultyMember[];
  /** How long the fleet waits for a sign of life, in ms. */
  readonly leaseMs: number;
  readonly random: () => number;
}

/** A kind of fault: makes it, and ends it again. Returns false if it cannot be made here. */
type Fault = (place: FaultPlace, member: FaultyMember) => Promise<boolean>;

const pause = (ms: number) => new Promise((settle) => setTimeout(settle, ms));
const fiveMinutesMs = 300_000;
/** A member whose clock is wrong, or whose disk is full, stays so for this long. */
const wrongMs = 6_000;
const slowestMs = 3_000;

/** Half of the members are back before the others give their runs up. */
const downMs = ({ random, leaseMs }: FaultPlace): number =>
  random() < 0.5 ? random() * 2000 : leaseMs * (1.3 + random());

async function killed(member: FaultyMember, whole: boolean, ms: number): Promise<boolean> {
  await member.kill(whole);
  await pause(ms);
  member.start();
  return true;
}

export const faults = {
  'member killed with its runs': (place, member) => killed(member, true, downMs(place)),
  'member killed, its runs left': (place, member) => killed(member, false, downMs(place)),
  'member frozen for longer than its lease': async ({ leaseMs, random }, member) => {
    const wake = member.freeze();
    await pause(leaseMs * (1.3 + random()));
    wake();
    return true;
  },
  'connections of a member cut': async (_, { proxy }) => {
    proxy.cut();
    return true;
  },
  'connections of a member delayed': async ({ random }, { proxy }) => {
    proxy.delay(200 + random() * slowestMs);
    await pause(slowestMs);
    proxy.delay(0);
    return true;
  },
  'clock of a member five minutes off': async ({ random }, member) => {
    await member.kill(true);
    member.start(random() < 0.5 ? fiveMinutesMs : -fiveMinutesMs);
    await pause(wrongMs);
    return killed(member, true, 0);
  },
  'disk of a member full': async (_, member) => {
    const free = member.fill();
    if (free === null) return false;
    await pause(wrongMs);
    free();
    return true;
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults | typeof databaseFault;

/** Not of one member. */
export const databaseFault = 'PostgreSQL stopped with immediate, started again';

/** How often each kind is made, in parts of the sum. */
const parts: Readonly<Record<FaultName, number>> = {
  'member killed with its runs': 5,
  'member killed, its runs left': 4,
  'member frozen for longer than its lease': 4,
  'connections of a member cut': 8,
  'connections of a member delayed': 4,
  'clock of a member five minutes off': 2,
  'disk of a member full': 2,
  [databaseFault]: 3,
};

/** Returns the kinds of `count` faults in a random order. Each kind is made at least once where there are enough. */
export function drawFaults(count: number, random: () => number): FaultName[] {
  const names = Object.keys(parts) as FaultName[];
  const urn = names.flatMap((name) => Array.from({ length: parts[name] }, () => name));
  const more = Array.from({ length: Math.max(0, count - names.length) }, () => urn[Math.floor(random() * urn.length)]);
  const first = shuffled(names, random).slice(0, count);
  return shuffled([...first, ...more.filter((name) => name !== undefined)], random);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

export async function crashDatabase({ server, random }: FaultPlace): Promise<void> {
  await server.stop('immediate');
  await pause(random() * 2000);
  await server.start();
}
