import type { RunnerNeeds, RunnerTimes } from './runner-options.ts';
import type { ExecutionSpec } from '../../contract/worker.ts';
import type { RunLimits } from '../../ports/execution-runner.ts';

interface Options extends Pick<RunnerNeeds, 'tree' | 'clock'> {
  readonly times: RunnerTimes;
  readonly spec: ExecutionSpec;
  readonly limits: RunLimits;
}

/** Looks at memory and CPU of one execution's processes now and then, and tells when its memory limit is passed. */
export class UsageWatch {
  readonly #options: Options;
  readonly #onOverLimit: () => void;
  #peak: number | null = null;
  #cpuMs: number | null = null;
  #stop: (() => void) | null = null;
  #stopped = false;

  constructor(options: Options, onOverLimit: () => void) {
    this.#options = options;
    this.#onOverLimit = onOverLimit;
  }

  /** Highest resident memory seen, in bytes; null when there was no time to look. */
  get peakMemoryBytes(): number | null {
    return this.#peak;
  }

  /** CPU time seen at the last look, in ms; null when there was none. */
  get cpuMs(): number | null {
    return this.#cpuMs;
  }

  start(pid: number | null): void {
    if (pid === null) return;
    const { clock, times } = this.#options;
    // All executions look at the same moments: one look at the process table then serves them all.
    const untilNext = times.sampleMs - (clock.now() % times.sampleMs);
    this.#stop = clock.setTimer(() => void this.#look(pid), untilNext);
  }

  stop(): void {
    this.#stopped = true;
    this.#stop?.();
  }

  async #look(pid: number): Promise<void> {
    const { tree, spec, limits } = this.#options;
    try {
      const usage = await tree.usage(pid, spec.executionId);
      if (this.#stopped) return;
      if (usage.processes > 0) {
        this.#peak = Math.max(this.#peak ?? 0, usage.memoryBytes);
        this.#cpuMs = usage.cpuMs;
      }
      if (limits.memoryBytes !== null && usage.memoryBytes > limits.memoryBytes) this.#onOverLimit();
    } catch {
      // Where `ps` or PowerShell is missing nothing is measured: the figures stay null, as the ledger documents.
    }
    if (!this.#stopped) this.start(pid);
  }
}
