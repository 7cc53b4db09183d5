import type { Bridge } from '../main/contract/ipc.ts';
import { createCall } from './bridge/client.ts';
import type { Call } from './bridge/client.ts';
import { createCommands } from './commands/commands.ts';
import type { Commands } from './commands/commands.ts';
import { parseRoute } from './stores/route.ts';
import { createStores } from './stores/stores.ts';
import type { Stores } from './stores/stores.ts';

/** The bridge, stores and commands of one window. */
export interface Session {
  bridge: Bridge;
  call: Call;
  stores: Stores;
  commands: Commands;
}

export function createSession(bridge: Bridge): Session {
  const call = createCall(bridge);
  const stores = createStores(parseRoute(window.location.hash), window.localStorage);
  return { bridge, call, stores, commands: createCommands(call, stores) };
}
