import type { Bridge, IpcCall, IpcInput, IpcOutput } from '../../main/contract/ipc.ts';
import { BridgeError } from './bridge-error.ts';

/** Calls the main process. Rejects with `BridgeError` if the answer is an error. */
export type Call = <C extends IpcCall>(name: C, input: IpcInput<C>) => Promise<IpcOutput<C>>;

/** Unwraps the result envelopes of the bridge. */
export function createCall(bridge: Bridge): Call {
  return async (name, input) => {
    const envelope = await bridge.call(name, input);
    if (!envelope.ok) throw new BridgeError(envelope.error);
    return envelope.value;
  };
}
