import { messageOf } from '../../domain/errors.ts';
import { isAway } from '../../services/fleet/fleet-connection.ts';
import { placementProblem } from '../../services/fleet/slots/equipment.ts';
import { FleetGate } from '../../services/fleet/slots/fleet-gate.ts';
import type { GuardedStore } from '../../services/fleet/definitions/guarded-store.ts';
import { SharedWrites } from '../../services/fleet/definitions/shared-writes.ts';
import type { FleetFacts, FleetSource } from '../../services/metrics/fleet-facts.ts';
import type { Task } from '../../contract/task.ts';
import type { Membership } from '../../services/fleet/members/membership.ts';
import type { TaskManager } from '../../services/tasks/task-manager.ts';
import type { Store } from '../../ports/store.ts';
import { once } from '../once.ts';
import type { Outside } from '../outside.ts';
import type { FleetOperations } from '../operations.ts';
import type { FleetCore, FleetParts } from './fleet-parts.ts';

/** The store of this machine, as everything uses it and as the fleet writes it. */
export interface FleetStores {
  readonly guarded: GuardedStore;
  readonly unguarded: Store;
}

/** What this process knows of the fleet. Loads nothing before a shared task, or a person, needs it. */
export interface FleetSide {
  readonly gate: FleetGate;
  readonly writes: SharedWrites;
  readonly parts: () => Promise<FleetParts>;
  /** For the metrics. */
  readonly counts: FleetSource;
  /** Ends the connection to the database, if there is one. */
  close(): Promise<void>;
}

/** @param core returns the services that the fleet needs, which need the fleet themselves */
export function createFleetSide(outside: Outside, stores: FleetStores, core: () => FleetCore): FleetSide {
  const { ledger, clock, logger } = outside;
  let isOpen = false;
  const load = once(async () => (await import('./fleet-parts.ts')).openFleetParts(outside, stores.unguarded, core()));
  const parts = (): Promise<FleetParts> => ((isOpen = true), load());
  const gate = new FleetGate({
    ...{ ledger, clock, logger },
    inFleet: () => outside.inFleet(),
    slots: async () => (await parts()).slots,
    refresh: async () => (await parts()).beat.refresh(),
    report: async () => (await parts()).reports.report(),
  });
  return {
    ...{ parts, gate },
    counts: {
      inFleet: () => outside.inFleet(),
      facts: async () => {
        const failure = 'Could not read the metrics of the fleet';
        const read = async () => factsOf(await parts());
        const answer = await gate.soon(failure, async () => ({
          facts: await read().catch((problem: unknown) => {
            if (isAway(problem)) throw problem;
            logger.warn(failure, { problem: messageOf(problem) });
            return null;
          }),
        }));
        return answer === null ? 'away' : answer.facts;
      },
    },
    writes: new SharedWrites({
      store: stores.guarded,
      publisher: async () => (await parts()).publisher,
      sync: async () => (await parts()).mirror.sync(),
    }),
    close: async () => {
      if (isOpen) await (await load()).close();
    },
  };
}

async function factsOf({ membership, connection }: FleetParts): Promise<FleetFacts> {
  const members = await membership.members();
  return { members, claims: await connection.call((database) => database.claims.counts()) };
}

/** Returns what people can do with the fleet. */
export function fleetOperations(
  { connection, membership, acceptedKeys, sharing, mirror, script, logs }: FleetParts,
  tasks: Pick<TaskManager, 'get' | 'delete'>,
): FleetOperations {
  const placement = (task: Task) => placementIn(membership, task);
  return {
    init: (url, settings) => membership.init(url, settings),
    look: (url) => membership.look(url),
    join: (options) => membership.join(options),
    leave: (author) => membership.leave(author),
    state: () => membership.state(),
    members: () => membership.members(),
    find: (idOrName) => membership.find(idOrName),
    accept: (idOrName, fingerprint, author) => acceptedKeys.accept(idOrName, fingerprint, author),
    withdraw: (idOrName, author) => acceptedKeys.withdraw(idOrName, author),
    drain: (idOrName, draining, author) => membership.drain(idOrName, draining, author),
    remove: (idOrName, author) => membership.remove(idOrName, author),
    share: (idOrName, runsOn, author) => sharing.share(idOrName, runsOn, author),
    unshare: (idOrName, author) => sharing.unshare(idOrName, author),
    script,
    runs: (filter) => connection.call((database) => database.runs.list(filter)),
    readLog: (piece) => logs.read(piece),
    sync: () => mirror.sync(),
    placementProblem: placement,
    createShared: async (create, runsOn, author) => {
      // Without a fleet that answers, nothing is created and deleted again.
      await mirror.sync();
      const created = await create();
      const { id } = created.task;
      try {
        await sharing.share(id, runsOn, author);
      } catch (problem) {
        await tasks.delete(id, author);
        throw problem;
      }
      const { task } = await tasks.get(id);
      return { ...created, task, placement: await placement(task) };
    },
  };
}

async function placementIn(membership: Membership, task: Task): Promise<string | null> {
  if (task.shared === undefined) return null;
  try {
    return placementProblem(task, task.shared.runsOn, await membership.members());
  } catch (problem) {
    // The task is shared already: a command that fails now would be repeated.
    return `Could not check which member can run "${task.name}": ${messageOf(problem)}`;
  }
}
