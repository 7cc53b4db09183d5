import { generateKeyPairSync } from 'node:crypto';
import { keysOf } from '../../adapters/storage/fleet/member-keys.ts';
import type { FleetAccess } from '../../ports/fleet/fleet-database.ts';
import type { JoinedFleet } from '../../ports/fleet/fleet-file.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Outside } from '../../application/outside.ts';
import { memoryFleet, type MemoryFleet } from './memory-fleet.ts';

type MembershipInMemory = Pick<Outside, 'inFleet' | 'fleetFile' | 'memberKeys' | 'fleetAccess'> & {
  /** The databases of fleets that this machine reaches. */
  readonly fleet: () => MemoryFleet;
  /** Reaches the databases of another machine in memory. */
  useFleet(fleet: MemoryFleet): void;
};

/** Returns the ports of a machine that has joined no fleet. Its key is real. */
export function memoryMembership(clock: Clock): MembershipInMemory {
  let fleet: MemoryFleet | null = null;
  let joined: JoinedFleet | null = null;
  let key: ReturnType<typeof generateKeyPairSync>['privateKey'] | null = null;
  const keys = keysOf(() => (key ??= generateKeyPairSync('ed25519').privateKey));
  const own = (): MemoryFleet => (fleet ??= memoryFleet(clock));
  return {
    inFleet: () => joined !== null,
    fleetFile: () => Promise.resolve({ read: () => joined, update: (change) => void (joined = change(joined)) }),
    memberKeys: () => Promise.resolve(keys),
    fleetAccess: (): Promise<FleetAccess> => Promise.resolve(own()),
    fleet: own,
    useFleet: (other) => void (fleet = other),
  };
}
