import { createHash } from 'node:crypto';
import { parseDatabaseUrl, placeOf, withoutPassword } from '../../adapters/fleet/database-url.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FleetAccess, FleetDatabase, FleetIdentity, LogListener } from '../../ports/fleet/fleet-database.ts';
import { memoryRuns } from './memory-runs.ts';
import { memoryClaims } from './memory-claims.ts';
import { memoryMembers, memorySharedTasks } from './memory-members.ts';
import { emptyTables, type DatabaseLine, type DatabaseWorld, type FleetTables } from './fleet-tables.ts';

/** How often a watcher is called without a change, in ms. */
const pollMs = 60_000;

/** Databases of fleets in memory, by address. Members that open the same address share one. */
export interface MemoryFleet extends FleetAccess {
  /** Takes all databases away (`fleet/away`), or returns them; their content stays. Default: false. */
  setAway(away: boolean): void;
  /** The next call does its work, then throws `fleet/away`, as if the connection was cut before the answer. */
  loseNextAnswer(): void;
  /** The tables behind an address, to forge rows as somebody with access to the database can. */
  tables(url: string): FleetTables;
}

/** @param clock the clock of the databases */
export function memoryFleet(clock: Clock): MemoryFleet {
  const fleets = new Map<string, { readonly identity: FleetIdentity; readonly tables: FleetTables }>();
  const line = new Line();
  const placed = (url: string) => {
    const place = placeOf(parseDatabaseUrl(url));
    return { place, found: fleets.get(place) };
  };
  const existing = (url: string) => {
    const { place, found } = placed(url);
    if (found !== undefined) return found;
    throw new SchedulerError('fleet/none', `The database ${place} has no fleet. Create it with: fleet init`, { place });
  };
  return {
    place: (url) => placeOf(parseDatabaseUrl(url)),
    withoutPassword,
    initScript: () => 'create schema ncp;\n',
    setAway: (away) => {
      line.isAway = away;
      if (!away) for (const { tables } of fleets.values()) tables.changed();
    },
    loseNextAnswer: () => line.loseNextAnswer(),
    tables: (url) => existing(url).tables,
    init: async (url, { leaseMs } = {}) => {
      const { place, found } = placed(url);
      return line.call(() => {
        const id = createHash('sha256').update(place).digest('hex');
        const before = found ?? {
          identity: { id: uuidOf(id), schemaVersion: 3, leaseMs: 60_000 },
          tables: emptyTables(),
        };
        const made = { ...before, identity: { ...before.identity, ...(leaseMs === undefined ? {} : { leaseMs }) } };
        fleets.set(place, made);
        return made.identity;
      });
    },
    open: async (url) => {
      parseDatabaseUrl(url);
      const { identity, tables } = await line.call(() => existing(url));
      return databaseOf(identity, { tables, clock, line });
    },
  };
}

function databaseOf(identity: FleetIdentity, world: DatabaseWorld): FleetDatabase {
  const stops = new Set<() => void>();
  return {
    identity,
    members: memoryMembers(world),
    tasks: memorySharedTasks(world),
    claims: memoryClaims(world),
    runs: memoryRuns(world),
    nowMs: () => world.line.call(() => world.clock.now()),
    watch: (listener, asked) => {
      const stop = watch(world, listener, asked);
      stops.add(stop);
      return stop;
    },
    close: async () => {
      for (const stop of stops) stop();
    },
  };
}

function watch({ tables, clock }: DatabaseWorld, listener: () => void, asked?: LogListener): () => void {
  let cancel: () => void;
  const poll = (): void => {
    cancel = clock.setTimer(() => {
      poll();
      listener();
    }, pollMs);
  };
  poll();
  tables.watchers.add(listener);
  if (asked !== undefined) tables.askers.add(asked);
  return () => {
    cancel();
    tables.watchers.delete(listener);
    if (asked !== undefined) tables.askers.delete(asked);
  };
}

const uuidOf = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');

/** The connection to the databases. */
class Line implements DatabaseLine {
  isAway = false;
  #losesAnswer = false;

  loseNextAnswer(): void {
    this.#losesAnswer = true;
  }

  async call<T>(work: () => T): Promise<T> {
    if (this.isAway) throw away();
    const answer = work();
    const isLost = this.#losesAnswer;
    this.#losesAnswer = false;
    if (isLost) throw away();
    return answer;
  }
}

const away = (): SchedulerError => new SchedulerError('fleet/away', 'The database of the fleet does not answer.');
