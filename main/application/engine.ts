import { homedir, availableParallelism } from 'node:os';
import { statSync } from 'node:fs';
import { processTree } from '../adapters/process/process-tree.ts';
import { systemConditions } from '../adapters/system/machine-conditions.ts';
import type { ExecutionObserver } from '../ports/execution-observer.ts';
import type { ProcessIdentity } from '../ports/ledger.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { ProcessTree } from '../ports/process-tree.ts';
import { SchedulerError } from '../domain/errors.ts';
import { AttemptRunner } from '../services/runs/attempt-runner.ts';
import { ExecutionCanceller } from '../services/runs/execution-canceller.ts';
import { WorkerExecutionRunner } from '../services/runs/execution-runner.ts';
import { OverlapGuard } from '../services/firing/overlap-guard.ts';
import { Recovery } from '../services/runs/recovery.ts';
import { TaskCompletion } from '../services/firing/task-completion.ts';
import { TestRuns } from '../services/runs/test-runs.ts';
import { TimingExecutor } from '../services/firing/timing-executor.ts';
import type { WorkerPool } from '../services/runs/worker-pool.ts';
import type { Core } from './core.ts';

/** Everything that runs tasks in this process. */
export interface Engine {
  readonly executor: TimingExecutor;
  readonly recovery: Recovery;
  readonly attempts: AttemptRunner;
  readonly testRuns: TestRuns;
  /** Executions at the same time in this process. */
  concurrencyLimit(): number;
  /** Starts or ends idle workers until there is one for each of these tools. */
  warm(tools: readonly string[]): void;
  /** Ends what runs by the kill ladder, and waits for it. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly core: Core;
  /** Where workers come from; idle ones in it are used first. */
  readonly pool: WorkerPool;
  readonly observer: ExecutionObserver;
  readonly secrets: Secrets;
  /** Environment of the person's login shell. */
  readonly variables: () => Promise<Readonly<Record<string, string>>>;
}

export function startEngine({ core, pool, observer, variables, secrets }: EngineOptions): Engine {
  const { ledger, clock, store, planner, paths, settings, tasks, logger, newId } = core;
  const tree = processTree();
  const runner = new WorkerExecutionRunner({ pool, tree, clock });
  const environment = {
    variables,
    homeDir: homedir(),
    secret: (name: string) => secrets.read(name),
    mcpServer: (name: string) => settings.mcpServers()[name] ?? null,
    logPath: paths.logPathOf,
  };
  const owner = thisProcess(tree);
  const attempts = new AttemptRunner({
    ...{ ledger, runner, clock, environment, observer, logger, owner, newId },
    processTree: tree,
  });
  const fileSize = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const recovery = new Recovery({ ledger, clock, processTree: tree, observer, fileSize });
  const canceller = new ExecutionCanceller({ ledger, clock, processTree: tree, attempts, observer });
  const overlap = new OverlapGuard({ ledger, clock, canceller, recovery });
  const completion = new TaskCompletion({ store, ledger, clock, tasks, logger });
  const concurrencyLimit = (): number => settings.read().concurrencyLimit ?? 2 * availableParallelism();
  const executor = new TimingExecutor({
    store,
    clock,
    planner,
    attempts,
    overlap,
    canceller,
    completion,
    recovery,
    conditions: systemConditions,
    logger,
    concurrencyLimit,
    random: Math.random,
  });
  const testRuns = new TestRuns({
    ...{ store, clock, planner, attempts, checks: core.checks, newId },
    get machineTimezone() {
      return core.timezone;
    },
  });
  const stop = async (): Promise<void> => {
    attempts.cancelAll('quit');
    await attempts.idle();
    runner.close();
  };
  return { executor, recovery, attempts, testRuns, concurrencyLimit, warm: (tools) => runner.warm(tools), stop };
}

function thisProcess(tree: ProcessTree): ProcessIdentity {
  const identity = tree.identify(process.pid);
  if (identity !== null) return identity;
  throw new SchedulerError('worker/no-identity', 'This process cannot find itself in the process table of the OS.');
}
