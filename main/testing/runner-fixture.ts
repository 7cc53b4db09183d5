import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ForkHost } from '../adapters/process/fork-host.ts';
import { processTree } from '../adapters/process/process-tree.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { WorkerExecutionRunner } from '../services/runs/execution-runner.ts';
import { KeptServers } from '../services/kept-servers/kept-servers.ts';
import { WorkerPool } from '../services/runs/workers/worker-pool.ts';
import { SharedWorkers } from '../services/runs/workers/shared-workers.ts';
import { builtWorker } from './built-worker.ts';
import { temporaryDir } from './temporary-dir.ts';
import type { CancelReason, ExecutionSpec } from '../contract/worker.ts';
import type { RunEvents, RunLimits, RunnerTimes } from '../services/runs/runner-options.ts';
import type { ProcessHost } from '../ports/process-host.ts';
import type { RunResult } from '../services/runs/execution-outcome.ts';

/** An execution in the real worker, started by a test. */
interface StartedRun {
  readonly executionId: string;
  readonly finished: Promise<RunResult>;
  readonly cancel: (reason: CancelReason) => void;
  /** Returns the pid of the worker, or null until it is known. */
  readonly workerPid: () => number | null;
  /** Returns the log so far. */
  readonly log: () => string;
  readonly logPath: string;
}

export interface RunnerFixture {
  readonly runner: WorkerExecutionRunner;
  /** The MCP servers that the runs share. They are ended with the test. */
  readonly servers: KeptServers;
  readonly dir: string;
  readonly start: (
    tool: string,
    parameters: Record<string, unknown>,
    more?: Partial<ExecutionSpec & RunLimits & Pick<RunEvents, 'otherToken'>>,
  ) => StartedRun;
}

/** Creates the real runner, worker and process tree, with logs in a temporary folder. Call it inside a test. */
export async function runnerFixture(
  options: { times?: Partial<RunnerTimes>; host?: ProcessHost } = {},
): Promise<RunnerFixture> {
  const dir = temporaryDir();
  const host = options.host ?? new ForkHost(await builtWorker());
  const clock = systemClock;
  const pool = new WorkerPool(host);
  const parts = { pool, tree: processTree(), clock };
  const servers = new KeptServers({ ...parts, newId: randomUUID });
  onTestFinished(() => servers.close());
  const shared = new SharedWorkers({ pool, clock });
  const runner = new WorkerExecutionRunner({ ...parts, shared, servers }, options.times);
  let count = 0;
  return {
    runner,
    servers,
    dir,
    start: (tool, parameters, more = {}) => {
      count += 1;
      const executionId = `test-${process.pid}-${Date.now()}-${count}`;
      const logPath = join(dir, 'logs', `${executionId}.log`);
      const { memoryBytes = null, processes = null, nice = 0, timeoutMs = 300_000, shared = false } = more;
      const { otherToken, ...change } = more;
      const spec: ExecutionSpec = {
        executionId,
        taskName: 'A task',
        tool,
        parameters,
        workingDirectory: dir,
        env: { PATH: process.env['PATH'] ?? '', HOME: dir },
        logPath,
        outputLimitBytes: 1024 * 1024,
        timeoutMs,
        mcpServer: null,
        ...change,
      };
      let pid: number | null = null;
      const limits = { memoryBytes, processes, nice, timeoutMs, shared };
      const events = {
        onWorker: (worker: number) => (pid = worker),
        onLog: () => undefined,
        ...(otherToken && { otherToken }),
      };
      const handle = runner.run(spec, limits, events);
      const log = () => (existsSync(logPath) ? readFileSync(logPath, 'utf8') : '');
      const { finished } = handle;
      return { executionId, finished, cancel: (reason) => handle.cancel(reason), workerPid: () => pid, log, logPath };
    },
  };
}
