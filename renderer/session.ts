import type { StateStorage } from 'zustand/middleware';
import type { Bridge } from '../main/contract/ipc.ts';
import { createCall } from './bridge/client.ts';
import type { Call } from './bridge/client.ts';
import { createCommands } from './commands/commands.ts';
import type { Commands } from './commands/commands.ts';
import { createFleet, type Fleet, type WindowAddress } from './fleet.ts';
import { parseRoute } from './stores/route.ts';
import { createStores } from './stores/stores.ts';
import type { Stores } from './stores/stores.ts';
import { windowAddress } from './window-address.ts';

/** The bridge, stores and commands of one window, for the machine that it shows. */
export interface Session {
  bridge: Bridge;
  call: Call;
  stores: Stores;
  commands: Commands;
  /** Name of the machine; null for this one. */
  machine: string | null;
  /** The machines that the window can show. */
  fleet: Fleet;
}

/** Creates the session of this machine. @param bridge to the program around the window */
export function createSession(bridge: Bridge): Session {
  return sessionsOver(bridge, windowAddress, window.localStorage).sessionOf(null);
}

/** Creates the sessions of all machines that a window can show, each when it is first shown. */
export function sessionsOver(bridge: Bridge, address: WindowAddress, storage: StateStorage): Fleet {
  return createFleet(bridge, address, (over, machine, fleet) => {
    const call = createCall(over);
    // The address names a view of the machine that it names.
    const { machine: addressed, hash } = address.read();
    const stores = createStores(parseRoute(addressed === machine ? hash : ''), storage, machine);
    return { bridge: over, call, stores, commands: createCommands(call, stores), machine, fleet };
  });
}
