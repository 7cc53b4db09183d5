import { messageOf, SchedulerError } from '../../domain/errors.ts';
import { outcomeOf } from './execution-outcome.ts';
import { UsageWatch } from './usage-watch.ts';
import type { ServerConnection } from '../kept-servers/kept-servers.ts';
import type { RunEvents, RunLimits, RunnerNeeds, RunnerTimes } from './runner-options.ts';
import type { RunFacts, RunResult } from './execution-outcome.ts';
import type { CancelReason, ExecutionSpec, FromWorker, WorkerDone } from '../../contract/worker.ts';
import type { ProcessIdentity, TreeUsage } from '../../ports/process-tree.ts';
import type { WorkerExit, WorkerProcess } from '../../ports/process-host.ts';

export interface WorkerRunNeeds extends RunnerNeeds {
  readonly times: RunnerTimes;
  readonly spec: ExecutionSpec;
  readonly limits: RunLimits;
  readonly events: RunEvents;
}

/** Time between two checks whether killed processes are gone, in ms. */
const RECHECK_MS = 50;

/** Runs one execution, from the start of its worker until none of its processes is left. */
export class WorkerRun {
  readonly finished: Promise<RunResult>;
  readonly #needs: WorkerRunNeeds;
  readonly #usage: UsageWatch;
  readonly #resolve: (result: RunResult) => void;
  /** The server that the run shares with others; null if it starts its own, or none. */
  readonly #server: ServerConnection | null;
  #worker: WorkerProcess | null = null;
  /** The root of the run's processes, as `ProcessTree` means it: known once a worker has started. */
  #root: number | null = null;
  #isShared = false;
  #started = false;
  #done: WorkerDone | null = null;
  #killReason: CancelReason | null = null;
  #fault: RunFacts['fault'] = null;
  #logBytes = 0;
  #settled = false;
  /** Cancels the timer that waits for the next step: start, deadline, grace, report or exit. */
  #stopTimer: () => void = () => undefined;

  constructor(needs: WorkerRunNeeds) {
    this.#needs = needs;
    const { spec, limits, servers } = needs;
    this.#server = servers?.connect(spec, limits.nice, (message) => this.#worker?.send(message)) ?? null;
    const usage = (): Promise<TreeUsage> | null => this.#server?.usage() ?? null;
    this.#usage = new UsageWatch({ ...needs, shared: usage }, (reason) => this.#overLimit(reason));
    let resolve: (result: RunResult) => void = () => undefined;
    this.finished = new Promise((settle) => (resolve = settle));
    this.#resolve = resolve;
  }

  start(): void {
    const { pool, shared, spec, limits } = this.#needs;
    if (limits.shared === true) {
      this.#isShared = true;
      return this.#use(shared.lease(spec.executionId), true);
    }
    const warm = pool.take(spec.tool);
    this.#use(warm ?? pool.start(spec.executionId), warm !== null);
  }

  failToStart(reason: string): void {
    this.#fault = { code: 'worker/not-started', message: `The worker could not be started: ${reason}` };
    this.#resolveWith({ code: null, signal: null, failure: reason });
  }

  cancel(reason: CancelReason): void {
    if (this.#killReason || this.#done || this.#settled) return;
    this.#killReason = reason;
    this.#worker?.send({ type: 'cancel', executionId: this.#needs.spec.executionId, reason });
    this.#next(this.#needs.times.graceMs, () => this.#killAll());
  }

  #overLimit(limit: 'memory' | 'processes'): void {
    this.#server?.overLimit();
    this.cancel(limit);
  }

  /** @param isOlder true for a worker that was there before: it may end before it sees the run. */
  #use(worker: WorkerProcess, isOlder: boolean): void {
    const { spec, limits, times } = this.#needs;
    this.#worker = worker;
    this.#next(times.startMs, () => this.#giveUp('worker/not-started', 'The worker did not become ready in time.'));
    worker.onExit((exit) => {
      if (isOlder && !this.#started && !this.#killReason && !this.#fault) this.#replace();
      else this.#exited(exit);
    });
    worker.onProtocolError((problem) => this.#giveUp('worker/protocol', problem));
    worker.onMessage((message) => this.#received(message));
    worker.send({
      ...{ type: 'run', spec },
      ...(limits.nice > 0 ? { nice: limits.nice } : {}),
      ...(limits.processes === null ? {} : { processes: limits.processes }),
    });
    if (this.#isShared) this.#root = 0;
    else if (worker.pid !== undefined) this.#hasPid(worker.pid);
  }

  /** Uses a new worker instead of one that ended before it began the run. Called by an event: nobody catches an error. */
  #replace(): void {
    const { pool, spec } = this.#needs;
    this.#isShared = false;
    this.#root = null;
    try {
      this.#use(pool.start(spec.executionId), false);
    } catch (problem) {
      this.failToStart(messageOf(problem));
    }
  }

  #received(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        return this.#hasPid(message.pid);
      case 'started':
        this.#started = true;
        if (!this.#killReason) this.#next(this.#needs.limits.timeoutMs, () => this.cancel('timeout'));
        return this.#usage.start(this.#root);
      case 'process':
        return this.#needs.tree.leads(0, this.#needs.spec.executionId, message.pid);
      case 'log':
        this.#logBytes = message.logBytes;
        return this.#needs.events.onLog?.(message.logBytes);
      case 'live':
        return this.#needs.live?.show(this.#needs.spec.executionId, message.line);
      case 'token':
        return void this.#sendToken();
      case 'session':
        return this.#server?.receive(message.event);
      case 'server':
        return this.#giveUp('worker/protocol', 'The worker of a run reported a server.');
      case 'done':
        return this.#reported(message);
    }
  }

  #reported(done: WorkerDone): void {
    this.#done = done;
    this.#usage.stop();
    this.#worker?.send({ type: 'acknowledge', executionId: done.executionId });
    this.#next(this.#needs.times.exitMs, () => this.#worker?.kill());
    if (done.logBytes > 0) this.#needs.events.onLog?.(done.logBytes);
  }

  /** The worker gets access tokens one by one, and never what renews them. */
  async #sendToken(): Promise<void> {
    const { events } = this.#needs;
    const none = { code: 'mcp/sign-in-needed', message: 'The MCP server rejected the access token.' };
    try {
      const token = (await events.otherToken?.()) ?? null;
      this.#worker?.send({ type: 'token', token, error: token === null ? none : null });
    } catch (problem) {
      const code = problem instanceof SchedulerError ? problem.code : 'worker/fault';
      this.#worker?.send({ type: 'token', token: null, error: { code, message: messageOf(problem) } });
    }
  }

  /** Third step of the kill ladder: kills everything below the worker, which then still reports how its task ended. */
  #killAll(): void {
    const { tree, spec, times } = this.#needs;
    if (this.#root !== null) tree.signal(this.#root, spec.executionId, 'SIGKILL');
    this.#next(times.reportMs, () => this.#worker?.kill());
  }

  /** Kills a worker that misbehaves. What it started is stopped when its exit is seen. */
  #giveUp(code: string, message: string): void {
    this.#fault ??= { code, message };
    this.#worker?.kill();
  }

  #exited(exit: WorkerExit): void {
    this.#stopTimer();
    this.#usage.stop();
    this.#server?.close();
    // A worker that exits cleanly has already checked for leftover processes.
    const inOrder = this.#done !== null && this.#done.error?.code !== 'worker/fault';
    if ((inOrder && exit.code === 0 && !this.#killReason) || this.#root === null) return this.#resolveWith(exit);
    this.#clear(exit, this.#needs.clock.now() + this.#needs.times.settleMs);
  }

  /** Kills until nothing is left, so that a finished run has no processes. */
  #clear(exit: WorkerExit, until: number): void {
    const { tree, spec, clock } = this.#needs;
    const left = tree.signal(this.#root ?? 0, spec.executionId, 'SIGKILL');
    if (left.length === 0) return this.#resolveWith(exit);
    if (clock.now() < until) return this.#next(RECHECK_MS, () => this.#clear(exit, until));
    this.#fault ??= undying(left);
    this.#resolveWith(exit);
  }

  #resolveWith(exit: WorkerExit): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#stopTimer();
    const { spec, limits, live, tree } = this.#needs;
    live?.show(spec.executionId, '');
    tree.ended(spec.executionId);
    const { peakMemoryBytes, peakProcesses, cpuMs } = this.#usage;
    const known = {
      spec,
      done: this.#done,
      exit,
      killReason: this.#killReason,
      fault: this.#fault,
      isShared: this.#isShared,
    };
    const measured = { limits, logBytes: this.#logBytes, peakMemoryBytes, peakProcesses, cpuMs };
    this.#resolve(outcomeOf({ ...known, ...measured }));
  }

  #hasPid(pid: number): void {
    if (this.#root === pid) return;
    this.#root = pid;
    this.#needs.events.onWorker(pid);
  }

  #next(delayMs: number, step: () => void): void {
    this.#stopTimer();
    this.#stopTimer = this.#needs.clock.setTimer(step, delayMs);
  }
}

function undying(left: readonly ProcessIdentity[]): NonNullable<RunFacts['fault']> {
  const pids = left.map(({ pid }) => pid).join(', ');
  const message = `These processes of the task could not be ended: ${pids}. They may wait for a device or belong to another user.`;
  return { code: 'execution/not-ended', message };
}
