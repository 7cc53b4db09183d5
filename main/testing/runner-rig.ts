import { WorkerExecutionRunner } from '../services/runs/execution-runner.ts';
import { LiveLines } from '../services/runs/live-lines.ts';
import { WorkerPool } from '../services/runs/workers/worker-pool.ts';
import { SharedWorkers } from '../services/runs/workers/shared-workers.ts';
import { fakeClock } from './fake-clock.ts';
import { pretendHost } from './pretend-host.ts';
import type { CancelReason, ExecutionSpec, ToWorker, WorkerDone } from '../contract/worker.ts';
import type { RunLimits } from '../services/runs/runner-options.ts';
import type { ProcessIdentity, ProcessTree } from '../ports/process-tree.ts';
import type { RunResult } from '../services/runs/execution-outcome.ts';
import type { FakeClock } from './fake-clock.ts';
import type { PretendHost } from './pretend-host.ts';

export const MIB = 1024 ** 2;

const spec: ExecutionSpec = {
  executionId: 'e1',
  taskName: 'A task',
  tool: 'shell:run',
  parameters: { command: 'true' },
  workingDirectory: null,
  env: {},
  logPath: '/nowhere/e1.log',
  outputLimitBytes: 1000,
  timeoutMs: 60_000,
  mcpServer: null,
};

interface RigRun {
  /** Returns the result, or null until the run has settled. */
  readonly result: () => RunResult | null;
  readonly cancel: (reason: CancelReason) => void;
  /** The values that `onWorker` and `onLog` received. */
  readonly pids: number[];
  readonly logs: number[];
}

/** The real runner with a fake host, process tree and clock. */
export interface RunnerRig {
  readonly clock: FakeClock;
  readonly host: PretendHost;
  readonly runner: WorkerExecutionRunner;
  readonly live: LiveLines;
  readonly spec: ExecutionSpec;
  /** Signals sent to the tree so far, for example `SIGKILL 1001 e1`. */
  readonly signals: string[];
  /** The executions of which the process tree may forget everything. */
  readonly freed: string[];
  /** The processes that each further `signal` reports as still alive; none after the last item. */
  survivors: ProcessIdentity[][];
  memoryBytes: number;
  readonly start: (limits?: Partial<RunLimits>, tool?: string, executionId?: string) => RigRun;
  /** Makes the last worker send `started`. */
  readonly started: () => void;
  /** Makes the last worker send `done`, by default with success. */
  readonly done: (change?: Partial<WorkerDone>) => void;
  /** Returns the types of the messages sent to the last worker, or to the one with this index. */
  readonly sent: (index?: number) => ToWorker['type'][];
  /** Lets promises settle without moving the clock. */
  readonly settle: () => Promise<unknown>;
}

export function runnerRig(): RunnerRig {
  const clock = fakeClock();
  const host = pretendHost();
  const signals: string[] = [];
  const freed: string[] = [];
  const tree: ProcessTree = {
    containment: 'search',
    leads: (root, executionId, pid) => void signals.push(`leads ${root} ${executionId} ${pid}`),
    ended: (executionId) => void freed.push(executionId),
    identify: () => null,
    isAlive: () => false,
    descendants: () => [],
    contains: () => false,
    usage: async () => ({ memoryBytes: rig.memoryBytes, cpuMs: 120, processes: 2 }),
    signal: (root, executionId, signal) => {
      signals.push(`${signal} ${root} ${executionId}`);
      return rig.survivors.shift() ?? [];
    },
  };
  const live = new LiveLines();
  const pool = new WorkerPool(host);
  const runner = new WorkerExecutionRunner({ pool, shared: new SharedWorkers({ pool, clock }), tree, clock, live });
  const rig: RunnerRig = {
    clock,
    host,
    runner,
    live,
    spec,
    signals,
    freed,
    survivors: [],
    memoryBytes: 10 * MIB,
    start: (limits, tool = spec.tool, executionId = spec.executionId) =>
      startRun(runner, { ...spec, tool, executionId }, limits),
    started: () => host.last.says({ type: 'started', executionId: 'e1' }),
    done: (change) => host.last.says({ ...success, ...change }),
    sent: (index) => (index === undefined ? host.last : host.workers[index])?.sent.map(({ type }) => type) ?? [],
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
  return rig;
}

const success: WorkerDone = {
  type: 'done',
  executionId: 'e1',
  outcome: 'success',
  exitCode: 0,
  signal: null,
  result: null,
  error: null,
  logBytes: 35,
  cpuMs: 10,
};

/** What a shared worker says when a run has succeeded. */
export const sharedDone = (executionId: string, workerBytes = 60 * MIB): WorkerDone => ({
  ...success,
  executionId,
  workerBytes,
});

function startRun(runner: WorkerExecutionRunner, spec: ExecutionSpec, limits: Partial<RunLimits> = {}): RigRun {
  const pids: number[] = [];
  const logs: number[] = [];
  const events = { onWorker: (pid: number) => pids.push(pid), onLog: (bytes: number) => logs.push(bytes) };
  const handle = runner.run(
    spec,
    { timeoutMs: 60_000, memoryBytes: null, processes: null, nice: 0, ...limits },
    events,
  );
  let settled: RunResult | null = null;
  void handle.finished.then((result) => (settled = result));
  return { result: () => settled, cancel: (reason) => handle.cancel(reason), pids, logs };
}
