import { EventEmitter } from 'node:events';
import type { TextBridge } from '../../../main/contract/ipc.ts';

/**
 * Replaces the module `electron` in a test of the real preload and the real binding: one process, one page. As with
 * Electron, what crosses is copied.
 */
type Handler = (event: unknown, input: unknown) => unknown;

const handlers = new Map<string, Handler>();
const page = new EventEmitter();
const exposed = new Map<string, TextBridge>();

export const ipcMain = {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string) => void handlers.delete(channel),
};

export const ipcRenderer = {
  invoke: async (channel: string, input: unknown): Promise<unknown> => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler({ senderFrame: null }, structuredClone(input)));
  },
  on: (channel: string, listener: (event: unknown, payload: string) => void) => page.on(channel, listener),
  off: (channel: string, listener: (event: unknown, payload: string) => void) => page.off(channel, listener),
};

export const contextBridge = {
  exposeInMainWorld: (name: string, bridge: TextBridge) => void exposed.set(name, bridge),
};

/** Does what `webContents.send` does. */
export const sendToPage = (channel: string, payload: string): void => void page.emit(channel, {}, payload);

/** Returns what the preload gave to the page. */
export function exposedBridge(): TextBridge {
  const bridge = exposed.get('ncpScheduler');
  if (bridge === undefined) throw new Error('The preload exposed no bridge.');
  return bridge;
}
