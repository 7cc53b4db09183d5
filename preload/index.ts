import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, eventChannel } from '../main/contract/channels.ts';
import type { TextBridge } from '../main/contract/ipc.ts';

// Names go through the prefixes of the contract, so that no other channel can be reached; schemas, the sender and
// unknown names are checked by the binding in the main process.
const bridge: TextBridge = {
  call: (name, input) => ipcRenderer.invoke(callChannel(name), input),
  on: (name, listener) => {
    const receive = (_event: unknown, payload: string): void => listener(payload);
    ipcRenderer.on(eventChannel(name), receive);
    return () => void ipcRenderer.off(eventChannel(name), receive);
  },
};

contextBridge.exposeInMainWorld('ncpScheduler', bridge);
