import { ipcEvents, type IpcCall, type IpcEvent } from '../../contract/ipc.ts';
import { fakeClock } from '../fake-clock.ts';
import { openMemoryWindow } from './memory-window.ts';
import type { Scenario } from './scenarios.ts';

/** What a page in a plain browser talks to. */
export interface PicturedWindow {
  /** As `TextBridge.call`. */
  call(name: IpcCall, input: unknown): Promise<string>;
  /** Time goes on only so. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** @param tell gets each event, its payload as JSON */
export async function openPicturedWindow(
  scenario: Scenario,
  start: string,
  tell: (name: IpcEvent, payload: string) => void,
): Promise<PicturedWindow> {
  const clock = fakeClock(start);
  const { bridge, close } = await openMemoryWindow(scenario, clock);
  for (const name of Object.keys(ipcEvents) as IpcEvent[]) {
    bridge.on(name, (payload) => tell(name, JSON.stringify(payload)));
  }
  return {
    // The bridge checks it by its schema.
    call: async (name, input) => JSON.stringify(await bridge.call(name, input as never)),
    advance: async (ms) => {
      clock.advance(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    close,
  };
}
