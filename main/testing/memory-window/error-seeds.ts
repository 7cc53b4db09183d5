import { addRuns } from './run-seeds.ts';
import type { WindowOutside } from './window-outside.ts';

/** Adds a failed run of each of the first four tasks. */
export function addFailures(outside: WindowOutside): void {
  const startedMs = outside.clock.now() - 5 * 60_000;
  const tasks = Object.values(outside.store.read().tasks).slice(0, 4);
  addRuns(
    outside,
    tasks.map((task) => ({ task, startedMs, durationMs: 1200, status: 'failure' })),
  );
}

/** Removes the first entry and changes the second, as another program might. */
export function spoilEntries({ os }: WindowOutside, [missing = '', drifted = '']: readonly string[]): void {
  os.installed.delete(missing);
  const group = os.installed.get(drifted);
  if (group !== undefined) os.installed.set(drifted, { ...group, key: 'changed by hand' });
}
