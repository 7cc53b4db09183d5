import type { Envelope } from '../../main/contract/errors.ts';
import type { Bridge, IpcEventPayload, IpcOutput, TextBridge } from '../../main/contract/ipc.ts';

/** Wraps the bridge of the preload and parses its JSON texts. */
export function readBridge(bridge: TextBridge): Bridge {
  return {
    call: async (name, input) => JSON.parse(await bridge.call(name, input)) as Envelope<IpcOutput<typeof name>>,
    on: (name, listener) => bridge.on(name, (payload) => listener(JSON.parse(payload) as IpcEventPayload<typeof name>)),
  };
}
