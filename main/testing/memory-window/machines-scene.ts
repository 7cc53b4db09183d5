import type { FakeClock } from '../fake-clock.ts';
import { openMemoryWindow, type MemoryWindow } from './memory-window.ts';
import { otherMachines } from './samples.ts';

/** Puts products in memory behind Ada's machines, and connects to them. Returns the function that closes them. */
export async function openOtherMachines(
  { outside, application }: MemoryWindow,
  clock: FakeClock,
): Promise<() => Promise<void>> {
  const [web, nas] = [await openMemoryWindow('doubtful', clock), await openMemoryWindow('empty', clock)];
  (await nas.application.tasks()).pauseAll({}, 'window');
  outside.machines.add(otherMachines.web.host, web.bridge);
  outside.machines.add(otherMachines.nas.host, nas.bridge);
  (await application.machines()).connect();
  for (let round = 0; round < 5; round += 1) {
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return async () => {
    await web.close();
    await nas.close();
  };
}
