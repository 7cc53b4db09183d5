import type { Execution } from '../../../contract/execution.ts';
import type { CancelReason } from '../../../contract/worker.ts';
import { SchedulerError, messageOf } from '../../../domain/errors.ts';
import { foundExecution } from '../../../domain/not-found.ts';
import { sharesWorker } from '../../../domain/policy/shared-worker.ts';
import type { ResolvedPolicies } from '../../../domain/policy/resolved-policies.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Budgets } from '../../budgets/budgets.ts';
import type { FleetGate } from '../../fleet/slots/fleet-gate.ts';
import type { HeldClaim } from '../../fleet/slots/fleet-claims.ts';
import { BeginningRun } from '../beginning-run.ts';
import { outcomeBeforeWorker, outcomeWithoutStart, type RunResult } from '../execution-outcome.ts';
import type { ExecutionRunner, RunHandle } from '../execution-runner.ts';
import type { ExecutionRecords, NewExecution } from '../../../ports/ledger/executions.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import type { ProcessIdentity, ProcessTree } from '../../../ports/process-tree.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { TaskEnvironment } from '../../../ports/task-environment.ts';
import type { Traces } from '../../../ports/traces.ts';
import type { WriteLock } from '../../../ports/ledger/ledger.ts';
import type { SlotClaims } from '../../../ports/ledger/claims.ts';
import type { Attempt, StartedAttempt } from './attempt.ts';
import { AttemptTraces } from './attempt-traces.ts';
import { withEmptyDoubt } from './empty-answer.ts';
import { claimInFleet } from './fleet-claim.ts';
import { executionSpec, limitsOf, newExecution } from './execution-spec.ts';
import { rememberedSeen } from './seen.ts';
import { StartRecords } from './start-records.ts';
import { serversOf, type TaskServers } from './task-servers.ts';
import { withAccess, type Access } from './with-access.ts';
import { OutcomeWriter } from './outcome-writer.ts';
import { UsedPrograms } from './used-programs.ts';

export interface AttemptRunnerNeeds {
  readonly ledger: ExecutionRecords & SlotClaims & WriteLock & Pick<Marks, 'mark'>;
  readonly runner: ExecutionRunner;
  readonly clock: Clock;
  readonly environment: TaskEnvironment;
  readonly processTree: ProcessTree;
  readonly logger: Logger;
  /** This process, which writes the outcomes. */
  readonly owner: ProcessIdentity;
  readonly newId: () => string;
  readonly traces: Traces;
  readonly budgets: Pick<Budgets, 'accountsOf' | 'refusal'>;
  readonly fleet: Pick<FleetGate, 'claim' | 'report'>;
}

/** What a run needs besides its attempt. */
interface RunParts {
  readonly variables: Readonly<Record<string, string>>;
  readonly confirmed: TaskServers | null;
  /** The claim of its slot in the fleet; null if it needs none. */
  readonly inFleet: HeldClaim | null;
  readonly beginning: BeginningRun;
}

/** Runs one attempt of one task and records it in the ledger. */
export class AttemptRunner {
  readonly #needs: AttemptRunnerNeeds;
  readonly #starts: StartRecords;
  readonly #programs: UsedPrograms;
  readonly #outcomes: OutcomeWriter;
  readonly #traces: AttemptTraces;
  /** What cancels each run of this process. */
  readonly #handles = new Map<string, Pick<RunHandle, 'cancel'>>();
  readonly #running = new Set<Promise<Execution>>();
  #stopReason: CancelReason | null = null;

  constructor(needs: AttemptRunnerNeeds) {
    this.#needs = needs;
    this.#starts = new StartRecords(needs);
    this.#programs = new UsedPrograms(needs);
    this.#outcomes = new OutcomeWriter(needs);
    this.#traces = new AttemptTraces(needs.traces);
  }

  /**
   * Returns null, and starts nothing, if another process or member of the fleet has claimed or decided the slot, if a
   * budget refuses the run, or if this process starts nothing any more.
   */
  async start(attempt: Attempt): Promise<StartedAttempt | null> {
    const variables = await this.#needs.environment.variables();
    if (this.#stopReason !== null) return null;
    const executionId = this.#needs.newId();
    const inFleet =
      attempt.task.shared === undefined ? null : await claimInFleet(this.#needs.fleet, attempt, executionId);
    if (inFleet === 'refused') return null;
    let started: StartedAttempt | null = null;
    try {
      if (this.#stopReason === null) started = await this.#started(attempt, { executionId, variables, inFleet });
      return started;
    } finally {
      // Otherwise the fleet would wait for a run that never begins.
      if (started === null) await inFleet?.release();
    }
  }

  async #started(
    attempt: Attempt,
    { executionId, variables, inFleet }: Pick<RunParts, 'variables' | 'inFleet'> & { readonly executionId: string },
  ): Promise<StartedAttempt | null> {
    const { clock, environment, owner, budgets } = this.#needs;
    const execution = newExecution(attempt, {
      ...{ executionId, startedAt: clock.nowIso(), owner, environment },
      inheritedVariables: Object.keys(variables).length,
      accounts: budgets.accountsOf(attempt.task),
    });
    const recorded = await this.#starts.record(attempt, execution);
    if (recorded === null) return null;
    if (attempt.task.shared !== undefined) void this.#needs.fleet.report();
    const beginning = new BeginningRun();
    this.#handles.set(executionId, beginning);
    // The process was asked to end while the run was recorded.
    if (this.#stopReason !== null) beginning.cancel(this.#stopReason);
    const finished = this.#run(attempt, execution, { variables, confirmed: recorded.servers, inFleet, beginning });
    this.#running.add(finished);
    void finished.finally(() => this.#running.delete(finished));
    return { executionId, finished };
  }

  /** Tries again to write outcomes that the ledger could not store. */
  writeOutstanding(): void {
    this.#outcomes.writeOutstanding();
  }

  /** Starts the kill ladder of an execution; one without a worker ends at once. False if this process does not run it. */
  cancel(executionId: string, reason: CancelReason): boolean {
    const handle = this.#handles.get(executionId);
    handle?.cancel(reason);
    return handle !== undefined;
  }

  /** Cancels every execution of this process and starts no more, when the process ends. */
  stop(reason: CancelReason): void {
    this.#stopReason = reason;
    this.#programs.stop();
    for (const handle of this.#handles.values()) handle.cancel(reason);
  }

  /** Resolves when this process runs no execution. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Sends what is left of the traces. Call when this process ends. */
  async close(): Promise<void> {
    await this.#traces.stop();
  }

  get runningCount(): number {
    return this.#running.size;
  }

  async #run(attempt: Attempt, execution: NewExecution, parts: RunParts): Promise<Execution> {
    const { executionId } = execution;
    const { variables, inFleet } = parts;
    inFleet?.begins({
      isTakenOver: attempt.policies.ifLost === 'take-over',
      onLost: () => void this.cancel(executionId, 'superseded'),
    });
    const result = await this.#result(attempt, execution, parts);
    this.#handles.delete(executionId);
    const { seen, ...judged } = this.#withEmptyDoubt(execution, attempt.policies, result);
    const ended = this.#outcomes.write(execution, {
      ...judged,
      completedAt: this.#needs.clock.nowIso(),
      // A test leaves nothing behind: its task may never be saved.
      ...(seen === undefined || attempt.trigger === 'test' ? {} : { mark: rememberedSeen(attempt.task, seen) }),
    });
    await inFleet?.ended(ended);
    if (attempt.task.shared !== undefined) await this.#needs.fleet.report();
    this.#traces.ended(attempt, ended, variables, this.#stopReason !== null);
    await this.#programs.after(ended, attempt, variables);
    return ended;
  }

  async #result(
    attempt: Attempt,
    execution: NewExecution,
    { variables, confirmed, beginning }: RunParts,
  ): Promise<RunResult> {
    const { environment } = this.#needs;
    try {
      const servers = confirmed ?? serversOf(attempt.task, (name) => environment.mcpServer(name));
      const written = executionSpec(attempt, execution, {
        ...{ environment, servers, mark: (name: string) => this.#needs.ledger.mark(name) },
        variables: { ...variables, ...this.#traces.variables(attempt, execution, variables) },
      });
      return await this.#inWorker(attempt, await beginning.unlessCancelled(withAccess(written, environment)));
    } catch (problem) {
      const { reason } = beginning;
      return reason === null ? outcomeWithoutStart(problem) : outcomeBeforeWorker(reason, limitsOf(attempt.policies));
    }
  }

  #inWorker(attempt: Attempt, { spec, token }: Access): Promise<RunResult> {
    const { executionId } = spec;
    const limits = { ...limitsOf(attempt.policies), shared: this.#isShared(attempt) };
    const handle = this.#needs.runner.run(spec, limits, {
      ...(token === null ? {} : { otherToken: () => token.other() }),
      onWorker: (pid) => {
        const worker = this.#needs.processTree.identify(pid);
        if (worker !== null) this.#attach(executionId, worker);
      },
    });
    this.#handles.set(executionId, handle);
    return handle.finished;
  }

  #isShared({ task, policies, attempt }: Attempt): boolean {
    return attempt === 1 && sharesWorker(task, policies, process.platform);
  }

  #withEmptyDoubt(execution: NewExecution, { doubt }: ResolvedPolicies, result: RunResult): RunResult {
    try {
      return withEmptyDoubt(this.#needs.ledger, execution, doubt, result);
    } catch (problem) {
      // The outcome is worth more than a doubt about it.
      this.#needs.logger.warn('Could not compare an empty output with earlier ones', { problem: messageOf(problem) });
      return result;
    }
  }

  /** Records the worker. If that fails, the run continues, and recovery finds its processes by their mark. */
  #attach(executionId: string, worker: ProcessIdentity): void {
    try {
      this.#needs.ledger.attachWorker(executionId, worker);
    } catch (problem) {
      this.#needs.logger.error('Could not record the worker of an execution', { problem: messageOf(problem) });
    }
  }

  /** @throws SchedulerError `execution/not-found`. */
  read(executionId: string): Execution {
    return foundExecution(this.#needs.ledger.get(executionId), executionId);
  }
}

/** Returns the error for a run without a slot that `start` did not start. */
export function notStarted(): SchedulerError {
  const message = 'The run was not started: the ledger refused it, or this process is ending. Run the task again.';
  return new SchedulerError('execution/refused', message);
}
