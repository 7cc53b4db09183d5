import { SchedulerError } from '../../domain/errors.ts';
import type { ProcessIdentity, ProcessTree } from '../../ports/process-tree.ts';
import { CredentialCheck } from '../../services/credentials/credential-check.ts';
import type { TaskEnvironment } from '../../ports/task-environment.ts';
import type { Secrets } from '../../services/secrets/secret-vault.ts';
import { ApprovedRuns } from '../../services/consent/approved-runs.ts';
import { BudgetNews } from '../../services/budgets/budget-news.ts';
import { RefusedRuns } from '../../services/budgets/refused-runs.ts';
import { StoppableWaits } from '../../services/firing/stoppable-waits.ts';
import { OverlapGuard } from '../../services/firing/overlap-guard.ts';
import { LostRuns, type LostRunsNeeds } from '../../services/firing/lost-runs.ts';
import { PastSlots } from '../../services/firing/past-slots.ts';
import { TaskCompletion } from '../../services/firing/task-completion.ts';
import { TimingExecutor } from '../../services/firing/timing-executor.ts';
import { AttemptRunner } from '../../services/runs/attempts/attempt-runner.ts';
import { ExecutionCanceller } from '../../services/runs/execution-canceller.ts';
import { WorkerExecutionRunner } from '../../services/runs/execution-runner.ts';
import { KeptServers } from '../../services/kept-servers/kept-servers.ts';
import { ProgramMemory } from '../../services/runs/program-memory.ts';
import { Recovery } from '../../services/runs/recovery.ts';
import { TestRuns } from '../../services/runs/trials/test-runs.ts';
import { SharedWorkers } from '../../services/runs/workers/shared-workers.ts';
import type { WorkerPool } from '../../services/runs/workers/worker-pool.ts';
import type { Core } from '../core.ts';
import { loginVariables, renewalAfterMiss } from '../login-variables.ts';
import type { Outside } from '../outside.ts';

/** The services that run tasks in this process. */
export interface Engine {
  readonly executor: TimingExecutor;
  readonly recovery: Recovery;
  readonly attempts: AttemptRunner;
  readonly testRuns: TestRuns;
  readonly pastSlots: PastSlots;
  readonly lostRuns: LostRuns;
  /** Finds out whether a run could sign in. */
  readonly credentials: CredentialCheck;
  /** Returns how many executions may run at the same time in this process. */
  concurrencyLimit(): number;
  /** Starts or ends idle workers until there is one for each of these tools, and starts a shared one if asked. */
  warm(tools: readonly string[], shared: boolean): void;
  /** The MCP servers that this process keeps for several runs. */
  readonly servers: KeptServers;
  /** Ends idle workers and kept servers, and sends what is left of the traces. */
  close(): Promise<void>;
  /** Starts nothing any more, ends the active runs by the kill ladder, waits until they have ended, and closes. */
  stop(): Promise<void>;
}

/** What the engine needs besides the core. */
export interface EngineParts {
  /** Supplies workers, idle ones first. */
  readonly pool: WorkerPool;
  readonly secrets: Secrets;
}

export async function startEngine(outside: Outside, core: Core, parts: EngineParts): Promise<Engine> {
  const { ledger, clock, store, settings, logger, newId, random, traces } = outside;
  const { planner, tasks, checks, live, budgets } = core;
  const [tree, files, conditions] = await Promise.all([
    outside.processTree(),
    outside.logFiles(),
    outside.conditions(),
  ]);
  const { pool } = parts;
  const servers = new KeptServers({ pool, tree, clock, newId });
  const shared = new SharedWorkers({ pool, clock });
  const runner = new WorkerExecutionRunner({ pool, shared, tree, clock, live, servers });
  const environment = taskEnvironment(outside, parts.secrets, core.servers.signIn);
  const credentials = credentialCheck(outside, core, environment);
  const owner = thisProcess(tree, outside.machine.pid);
  const common = { ledger, clock, processTree: tree };
  const attempts = new AttemptRunner({
    ...{ ...common, runner, environment, logger, owner, newId, traces, budgets },
    fleet: core.fleet.gate,
  });
  const approved = new ApprovedRuns({ store, ledger });
  const recovery = new Recovery({ ...common, files });
  const canceller = new ExecutionCanceller({ ...common, attempts, recovery });
  const waits = new StoppableWaits(clock);
  const overlap = new OverlapGuard({ ledger, waits, canceller, recovery });
  const completion = new TaskCompletion({ store, ledger, clock, tasks, planner, logger });
  const concurrencyLimit = (): number => settings.read().concurrencyLimit ?? 2 * outside.machine.parallelism;
  const executor = new TimingExecutor({
    ...{ store, clock, planner, attempts, approved, overlap, canceller, completion, recovery, conditions },
    ...{ ledger, owner, logger, concurrencyLimit, random, waits, budgets },
    budgetNews: new BudgetNews({ ledger, clock }),
    fleet: core.fleet.gate,
    refusedRuns: new RefusedRuns({ ledger, clock }),
    prepareCalendars: (groupTasks) => core.calendarDays.prepare(groupTasks),
    renewEntry: (timingId) => core.sync.ensure([timingId]),
  });
  const pastSlots = new PastSlots({ store, planner, attempts, approved, overlap, waits, executor, random });
  const lostRuns = lostRunsOf(outside, core, { conditions, executor });
  const testRuns = new TestRuns({
    ...{ store, ledger, clock, planner, attempts, approved, checks, newId, machineTimezone: outside.timezone },
  });
  const close = async (): Promise<void> => {
    runner.close();
    await Promise.all([servers.close(), attempts.close()]);
  };
  const stop = async (): Promise<void> => {
    waits.stop();
    attempts.stop('quit');
    await attempts.idle();
    await close();
  };
  return {
    ...{ executor, recovery, attempts, testRuns, pastSlots, lostRuns, concurrencyLimit },
    ...{ servers, credentials, stop, close },
    warm: (tools, withShared) => runner.warm(tools, withShared),
  };
}

function lostRunsOf(
  { store, ledger, clock, logger }: Outside,
  { planner, fleet }: Core,
  parts: Pick<LostRunsNeeds, 'conditions' | 'executor'>,
): LostRuns {
  return new LostRuns({ store, ledger, clock, logger, planner, fleet: fleet.gate, ...parts });
}

function credentialCheck(outside: Outside, { planner }: Core, environment: TaskEnvironment): CredentialCheck {
  const { clock, statusCommand, accessStatus } = outside;
  const policies = planner.policies.bind(planner);
  return new CredentialCheck({ environment, clock, statusCommand, accessStatus, policies });
}

/** Returns the environment of a task's process, apart from the task's own settings. */
function taskEnvironment(outside: Outside, secrets: Secrets, signIn: Core['servers']['signIn']): TaskEnvironment {
  const programs = new ProgramMemory(outside);
  return {
    variables: loginVariables(outside),
    programMissing: renewalAfterMiss(outside),
    succeeded: (task, path) => programs.remember(task, path, outside.clock.nowIso()),
    homeDir: outside.machine.homeDir,
    secret: (name) => secrets.read(name),
    accessToken: async (server, address) =>
      (await import('../tools/server-access.ts')).accessToken(await signIn(), server, address),
    mcpServer: (name: string) => {
      const servers = outside.settings.mcpServers();
      return Object.hasOwn(servers, name) ? (servers[name] ?? null) : null;
    },
    logPath: (executionId: string, startedAt: string) => outside.logPath(executionId, startedAt),
  };
}

function thisProcess(tree: ProcessTree, pid: number): ProcessIdentity {
  const identity = tree.identify(pid);
  if (identity !== null) return identity;
  throw new SchedulerError('worker/no-identity', 'This process cannot find its own entry in the process table.');
}
