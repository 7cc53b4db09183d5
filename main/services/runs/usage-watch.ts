import type { RunLimits, RunnerNeeds, RunnerTimes } from './runner-options.ts';
import type { ExecutionSpec } from '../../contract/worker.ts';
import type { TreeUsage } from '../../ports/process-tree.ts';

interface UsageWatchNeeds extends Pick<RunnerNeeds, 'tree' | 'clock'> {
  readonly times: RunnerTimes;
  readonly spec: ExecutionSpec;
  readonly limits: RunLimits;
  /** Returns what the server uses that the run shares with others; null if there is none. */
  readonly shared?: () => Promise<TreeUsage> | null;
}

/**
 * Measures memory, CPU and number of one execution's processes from time to time, and reports which limit it exceeds.
 */
export class UsageWatch {
  readonly #needs: UsageWatchNeeds;
  readonly #onOverLimit: (limit: 'memory' | 'processes') => void;
  #peakProcesses = 0;
  #peak: number | null = null;
  #cpuMs: number | null = null;
  #stop: (() => void) | null = null;
  #stopped = false;

  constructor(needs: UsageWatchNeeds, onOverLimit: (limit: 'memory' | 'processes') => void) {
    this.#needs = needs;
    this.#onOverLimit = onOverLimit;
  }

  /** Highest resident memory measured, in bytes; null if none was. */
  get peakMemoryBytes(): number | null {
    return this.#peak;
  }

  /** Highest number of processes at once. */
  get peakProcesses(): number {
    return this.#peakProcesses;
  }

  /** CPU time at the last measurement, in ms; null if there was none. */
  get cpuMs(): number | null {
    return this.#cpuMs;
  }

  start(pid: number | null): void {
    if (pid === null) return;
    const { clock, times } = this.#needs;
    // All executions measure at the same moments, so that one read of the process table serves all of them.
    const untilNext = times.sampleMs - (clock.now() % times.sampleMs);
    this.#stop = clock.setTimer(() => void this.#look(pid), untilNext);
  }

  stop(): void {
    this.#stopped = true;
    this.#stop?.();
  }

  async #look(pid: number): Promise<void> {
    const { tree, spec, limits } = this.#needs;
    try {
      const usage = sum(await tree.usage(pid, spec.executionId), (await this.#needs.shared?.()) ?? null);
      if (this.#stopped) return;
      if (usage.processes > 0) {
        this.#peak = Math.max(this.#peak ?? 0, usage.memoryBytes);
        this.#cpuMs = usage.cpuMs;
      }
      this.#peakProcesses = Math.max(this.#peakProcesses, usage.processes);
      if (limits.memoryBytes !== null && usage.memoryBytes > limits.memoryBytes) this.#onOverLimit('memory');
      if (limits.processes !== null && usage.processes > limits.processes) this.#onOverLimit('processes');
    } catch {
      // Without `ps` or PowerShell nothing can be measured; the figures stay null, as the ledger documents.
    }
    if (!this.#stopped) this.start(pid);
  }
}

function sum(own: TreeUsage, shared: TreeUsage | null): TreeUsage {
  if (shared === null) return own;
  // The CPU time of the server is that of all its runs.
  return { ...own, memoryBytes: own.memoryBytes + shared.memoryBytes, processes: own.processes + shared.processes };
}
