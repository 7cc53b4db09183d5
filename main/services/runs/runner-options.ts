import { minuteMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { KeptServers } from '../kept-servers/kept-servers.ts';
import type { LiveLines } from './live-lines.ts';
import type { SharedWorkers } from './workers/shared-workers.ts';
import type { WorkerPool } from './workers/worker-pool.ts';

export interface RunLimits {
  /** The deadline is owned here, in the parent, and nowhere else. */
  readonly timeoutMs: number;
  /** Resident memory of the whole tree, in bytes; null for no limit. */
  readonly memoryBytes: number | null;
  /** Processes that the whole tree has at once; null for no limit. */
  readonly processes: number | null;
  /** Added niceness, 0 to 19. */
  readonly nice: number;
  /** True to run in a worker that serves other executions too. @default false */
  readonly shared?: boolean;
}

/** What the caller of a run receives, and what it is asked for. */
export interface RunEvents {
  onWorker(pid: number): void;
  onLog?(logBytes: number): void;
  /** Returns another access token for the run's MCP server, which rejected the last. @throws SchedulerError */
  otherToken?(): Promise<string>;
}

/** The waits of the runner, in ms. */
export interface RunnerTimes {
  /** Between the cancel message (TERM) and KILL. */
  readonly graceMs: number;
  /** For the worker to report, after everything it started was killed. */
  readonly reportMs: number;
  /** For the worker to start and open its log. Generous: fifty may start at once on two cores. */
  readonly startMs: number;
  /** For the worker to exit after its report was acknowledged. */
  readonly exitMs: number;
  /** Between two measurements of memory and CPU. */
  readonly sampleMs: number;
  /** For killed processes to disappear. After that, the run ends and its error names them. */
  readonly settleMs: number;
}

export const runnerTimes: RunnerTimes = {
  graceMs: 5000,
  reportMs: 2000,
  startMs: minuteMs,
  exitMs: 5000,
  sampleMs: 500,
  settleMs: 10_000,
};

export interface RunnerNeeds {
  readonly pool: WorkerPool;
  readonly shared: SharedWorkers;
  readonly tree: ProcessTree;
  readonly clock: Clock;
  /** The MCP servers that several runs share. Absent: every run starts its own. */
  readonly servers?: Pick<KeptServers, 'connect'>;
  /** Receives the unfinished line of each run. */
  readonly live?: LiveLines;
}
