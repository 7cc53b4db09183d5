import { median } from './statistics.ts';
import { TreeWatch } from './process-tree.ts';

export interface Trial {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/** Measures `work`. Uses the wall time that `work` returns, or else the time until it settles. */
export async function watched(root: number, work: () => Promise<number | void>): Promise<Trial> {
  const watch = new TreeWatch(root);
  const startedAt = performance.now();
  const own = await work();
  const wallMs = own ?? performance.now() - startedAt;
  const { cpuMs, peakBytes } = watch.stop();
  return { wallMs, cpuMs, peakBytes };
}

/** Returns the median of each quantity. */
export function typical(trials: readonly Trial[]): Trial {
  return {
    wallMs: median(trials.map((trial) => trial.wallMs)),
    cpuMs: median(trials.map((trial) => trial.cpuMs)),
    peakBytes: median(trials.map((trial) => trial.peakBytes)),
  };
}
