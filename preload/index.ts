import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, eventChannel } from '../main/contract/ipc-channels.ts';
import type { TextBridge } from '../main/contract/ipc.ts';

// The channel prefixes of the contract keep the page from reaching other channels. The binding in the main process
// checks the sender, the schemas and unknown names.
const bridge: TextBridge = {
  call: (name, input) => ipcRenderer.invoke(callChannel(name), input),
  on: (name, listener) => {
    const receive = (_event: unknown, payload: string): void => listener(payload);
    ipcRenderer.on(eventChannel(name), receive);
    return () => void ipcRenderer.off(eventChannel(name), receive);
  },
};

contextBridge.exposeInMainWorld('ncpScheduler', bridge);
