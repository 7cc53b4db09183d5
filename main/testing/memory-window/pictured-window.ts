import { ipcEvents, type IpcCall, type IpcEvent } from '../../contract/ipc.ts';
import { fakeClock } from '../fake-clock.ts';
import { openOtherMachines } from './machines-scene.ts';
import { openMemoryWindow } from './memory-window.ts';
import type { Scenario } from './scenarios.ts';

/** The backend for a page that runs in a plain browser. */
export interface PicturedWindow {
  /** Like `TextBridge.call`. */
  call(name: IpcCall, input: unknown): Promise<string>;
  /** Moves time forward; it stands still otherwise. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a window in memory with a fake clock.
 * @param start ISO instant
 * @param tell called with each event and its payload as JSON
 */
export async function openPicturedWindow(
  scenario: Scenario,
  start: string,
  tell: (name: IpcEvent, payload: string) => void,
): Promise<PicturedWindow> {
  const clock = fakeClock(start);
  const memory = await openMemoryWindow(scenario, clock);
  const { bridge, close } = memory;
  const closeOthers = scenario === 'machines' ? await openOtherMachines(memory, clock) : () => Promise.resolve();
  for (const name of Object.keys(ipcEvents) as IpcEvent[]) {
    bridge.on(name, (payload) => tell(name, JSON.stringify(payload)));
  }
  return {
    // The bridge checks the input against its schema.
    call: async (name, input) => JSON.stringify(await bridge.call(name, input as never)),
    advance: async (ms) => {
      clock.advance(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    close: async () => {
      await closeOthers();
      await close();
    },
  };
}
