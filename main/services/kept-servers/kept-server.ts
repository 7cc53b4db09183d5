import { formatDuration } from '../../contract/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { KeptServerFacts } from '../../contract/kept-servers.ts';
import type { SessionEvent } from '../../contract/session-event.ts';
import type { FromWorker, ToWorker } from '../../contract/worker.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WorkerExit, WorkerProcess } from '../../ports/process-host.ts';
import type { ProcessTree, TreeUsage } from '../../ports/process-tree.ts';
import { ServedRuns } from './served-runs.ts';
import type { ServedRun } from './served-runs.ts';
import type { WantedServer } from './server-identity.ts';

export interface KeptServerNeeds {
  /** Starts workers. */
  readonly pool: { start(name: string): WorkerProcess };
  readonly tree: ProcessTree;
  readonly clock: Clock;
}

type EndedEvent = Extract<SessionEvent, { kind: 'ended' }>;

interface ServerEvents {
  /** The server gets no further runs. `livedMs` is null unless it died by itself. */
  onRetired(livedMs: number | null): void;
  /** The server is gone with everything it started. */
  onGone(): void;
}

/** Time that the worker has to end the server in order, in ms: input closed, TERM, KILL. */
const END_WITHIN_MS = 8000;
/** Time between two checks whether killed processes are gone, in ms, and how long to check. */
const RECHECK_MS = 50;
const SETTLE_MS = 10_000;

/** One MCP server that serves several runs, in a worker that keeps it. */
export class KeptServer {
  readonly id: string;
  readonly wanted: WantedServer;
  readonly startedMs: number;
  /** Settles once nothing of the server is left. Never rejects. */
  readonly gone: Promise<void>;

  readonly #needs: KeptServerNeeds;
  readonly #events: ServerEvents;
  readonly #runs = new ServedRuns();
  #resolveGone: () => void = () => undefined;
  #worker: WorkerProcess | null = null;
  #workerPid: number | null = null;
  /** The process of the server itself; null until it has started. */
  pid: number | null = null;
  #served = 0;
  #isRetired = false;
  #isEnding = false;
  #idleSinceMs: number | null = null;
  #ended: EndedEvent | null = null;
  /** Why runs fail when it ends; null if the reason is its own. */
  #endedBy: EndedEvent['problem'] = null;
  #stopTimer: () => void = () => undefined;
  /** Messages for the worker, which starts after a delay; null once it has started. */
  #waiting: ToWorker[] | null = [];

  /** @param delayMs how long to wait before the start, because the server died again and again */
  constructor(id: string, wanted: WantedServer, needs: KeptServerNeeds, events: ServerEvents, delayMs: number) {
    this.id = id;
    this.wanted = wanted;
    this.#needs = needs;
    this.#events = events;
    this.startedMs = needs.clock.now() + delayMs;
    this.gone = new Promise((resolve) => (this.#resolveGone = resolve));
    if (delayMs === 0) this.#start();
    else this.#next(delayMs, () => this.#start());
  }

  /** Runs that use it now. */
  get inFlight(): number {
    return this.#runs.size;
  }

  /** Runs that have used it, those in flight included. */
  get served(): number {
    return this.#served;
  }

  /** When it ends unless a run comes, in ms since 1970; null while it serves a run. */
  get endsAtMs(): number | null {
    return this.#idleSinceMs === null ? null : this.#idleSinceMs + this.wanted.forMs;
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  /** Takes an event of a run, which has joined. */
  receive(run: ServedRun, event: SessionEvent): void {
    const { executionId } = run;
    if (event.kind === 'join') this.#join(run);
    if (!this.#runs.has(executionId)) return;
    this.#send({ type: 'session', executionId, event });
    if (event.kind === 'leave') this.leave(executionId);
  }

  /** The run has ended, perhaps without a word. */
  leave(executionId: string): void {
    if (!this.#runs.remove(executionId)) return;
    this.#send({ type: 'session', executionId, event: { kind: 'leave' } });
    this.#idle();
  }

  /** Gives it no further runs; ends it once it serves none. */
  retire(livedMs: number | null = null): void {
    if (!this.#isRetired) {
      this.#isRetired = true;
      this.#events.onRetired(livedMs);
    }
    this.#idle();
  }

  /** Ends it now. Runs that use it fail, with this problem if there is one. */
  end(problem: EndedEvent['problem'] = null): Promise<void> {
    this.#endedBy = problem;
    this.retire();
    this.#end();
    return this.gone;
  }

  /** Returns what people see of it. */
  async facts(): Promise<KeptServerFacts> {
    const { pid, endsAtMs, isRetired, startedMs } = this;
    const instant = (ms: number): string => new Date(ms).toISOString();
    return {
      ...{ server: this.wanted.name, pid, startedAt: instant(startedMs), runs: this.#served, isRetired },
      inFlight: this.#runs.size,
      memoryBytes: await this.#memory(),
      endsAt: endsAtMs === null ? null : instant(endsAtMs),
    };
  }

  async #memory(): Promise<number | null> {
    try {
      return (await this.usage()).memoryBytes;
    } catch {
      // Without `ps` or PowerShell nothing can be measured, as in `UsageWatch`.
      return null;
    }
  }

  /** Returns what the server and everything it started use now. */
  usage(): Promise<TreeUsage> {
    return this.#needs.tree.usage(this.#workerPid ?? 0, this.id);
  }

  #start(): void {
    const { nice, program } = this.wanted;
    const worker = this.#startWorker();
    if (worker === null) return;
    this.#worker = worker;
    this.#workerPid = worker.pid ?? null;
    worker.onExit((exit) => this.#exited(exit));
    worker.onProtocolError(() => worker.kill());
    worker.onMessage((message) => this.#received(message));
    worker.send({ type: 'keep', program: { ...program, sessionId: this.id }, ...(nice > 0 ? { nice } : {}) });
    for (const message of this.#waiting ?? []) worker.send(message);
    this.#waiting = null;
  }

  /** Returns null if it cannot be started: the runs then fail with the reason, once they have joined. */
  #startWorker(): WorkerProcess | null {
    try {
      return this.#needs.pool.start(this.id);
    } catch (problem) {
      const failure = `it could not be started: ${messageOf(problem)}`;
      queueMicrotask(() => this.#exited({ code: null, signal: null, failure }));
      return null;
    }
  }

  #send(message: ToWorker): void {
    if (this.#waiting === null) this.#worker?.send(message);
    else this.#waiting.push(message);
  }

  #join(run: ServedRun): void {
    const { executionId } = run;
    if (this.#ended !== null) return run.send({ type: 'session', executionId, event: this.#ended });
    this.#stopIdling();
    this.#runs.add(run);
    if (this.#served > 0) {
      const before = `${this.#served} ${this.#served === 1 ? 'run' : 'runs'}`;
      const ago = formatDuration(Math.max(0, this.#needs.clock.now() - this.startedMs));
      const text = `Uses the kept server: started ${ago} ago, used by ${before} before.`;
      this.#runs.send(executionId, { kind: 'note', text });
    }
    this.#served += 1;
  }

  #received(message: FromWorker): void {
    if (message.type === 'ready') this.#workerPid = message.pid;
    if (message.type === 'session') {
      const { executionId, event } = message;
      return event.kind === 'ended' ? this.#died(event) : this.#runs.send(executionId, event);
    }
    if (message.type !== 'server') return;
    this.pid = message.pid;
    if (message.state === 'retired') this.retire();
  }

  #died(event: EndedEvent): void {
    if (this.#ended !== null) return;
    this.#ended = { ...event, problem: event.problem ?? this.#endedBy };
    this.#runs.end(this.#ended);
    const isOwn = this.#isEnding || event.problem !== null;
    this.retire(isOwn ? null : this.#needs.clock.now() - this.startedMs);
  }

  /** Ends it after its time, or at once if it gets no further runs. */
  #idle(): void {
    if (this.#runs.size > 0 || this.#isEnding) return;
    if (this.#isRetired) return this.#end();
    if (this.#waiting !== null) return this.retire();
    const { clock } = this.#needs;
    this.#idleSinceMs = clock.now();
    this.#next(this.wanted.forMs, () => this.retire());
  }

  #stopIdling(): void {
    if (this.#idleSinceMs === null) return;
    this.#idleSinceMs = null;
    this.#stopTimer();
  }

  #end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#idleSinceMs = null;
    if (this.#worker === null) {
      this.#stopTimer();
      return this.#settle();
    }
    this.#worker.send({ type: 'end' });
    this.#next(END_WITHIN_MS, () => this.#kill());
  }

  #kill(): void {
    if (this.#workerPid !== null) this.#needs.tree.signal(this.#workerPid, this.id, 'SIGKILL');
    this.#worker?.kill();
  }

  #exited(exit: WorkerExit): void {
    const reason = exit.failure ?? exit.signal ?? `exit code ${exit.code ?? 'unknown'}`;
    const message = `The process that kept the MCP server "${this.wanted.name}" ended: ${reason}.`;
    const problem = this.#isEnding ? null : { code: 'worker/crashed', message };
    this.#died({ kind: 'ended', code: null, signal: null, lastWords: '', problem });
    this.#isEnding = true;
    this.#clear(this.#needs.clock.now() + SETTLE_MS);
  }

  /** Kills until nothing is left. */
  #clear(untilMs: number): void {
    const { tree, clock } = this.#needs;
    const left = tree.signal(this.#workerPid ?? 0, this.id, 'SIGKILL');
    if (left.length > 0 && clock.now() < untilMs) return this.#next(RECHECK_MS, () => this.#clear(untilMs));
    this.#stopTimer();
    tree.ended(this.id);
    this.#settle();
  }

  #settle(): void {
    this.#events.onGone();
    this.#resolveGone();
  }

  #next(delayMs: number, step: () => void): void {
    this.#stopTimer();
    this.#stopTimer = this.#needs.clock.setTimer(step, delayMs);
  }
}
