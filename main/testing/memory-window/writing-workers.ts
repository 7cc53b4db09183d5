import type { CancelReason, ExecutionSpec, FromWorker, ToWorker, WorkerDone } from '../../contract/worker.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProcessHost, WorkerExit, WorkerProcess } from '../../ports/process-host.ts';
import { logLine, type MemoryLogs } from './memory-logs.ts';

/** Interval between the lines that a run writes, in ms. */
const lineEveryMs = 250;
const lines = 12;

type Done = Extract<FromWorker, { type: 'done' }>;

interface Surroundings {
  readonly clock: Clock;
  readonly logs: MemoryLogs;
}

/**
 * Returns a host whose workers start no process. They write lines for three seconds, and succeed unless their
 * parameters contain `exit 1`.
 */
export function writingWorkers(surroundings: Surroundings): ProcessHost {
  let started = 0;
  return { kind: 'fork', start: () => new WritingWorker(1001 + started++, surroundings) };
}

class WritingWorker implements WorkerProcess {
  readonly pid: number;
  readonly #surroundings: Surroundings;
  readonly #runs = new Map<string, WritingRun>();
  #say: (message: FromWorker) => void = () => undefined;
  #exit: (exit: WorkerExit) => void = () => undefined;
  #isShared = false;
  #ended = false;

  constructor(pid: number, surroundings: Surroundings) {
    this.pid = pid;
    this.#surroundings = surroundings;
  }

  send(message: ToWorker): void {
    if (message.type === 'run') {
      this.#isShared = message.shared === true;
      queueMicrotask(() => this.#run(message.spec));
    } else if (message.type === 'cancel') {
      queueMicrotask(() => this.#runs.get(message.executionId)?.cancelled(message.reason));
    } else if (message.type === 'acknowledge' && !this.#isShared) queueMicrotask(() => this.#end());
  }

  onMessage(listener: (message: FromWorker) => void): void {
    this.#say = listener;
  }

  onProtocolError(): void {
    // It sends only valid messages.
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    this.#exit = listener;
  }

  kill(): void {
    this.#end();
  }

  #run(spec: ExecutionSpec): void {
    this.#say({ type: 'ready', pid: this.pid });
    this.#say({ type: 'started', executionId: spec.executionId });
    this.#runs.set(spec.executionId, new WritingRun(spec, this.#surroundings, (done) => this.#done(done)));
  }

  #done(done: Done): void {
    this.#runs.delete(done.executionId);
    this.#say(done);
  }

  #end(): void {
    for (const run of this.#runs.values()) run.stop();
    if (this.#ended) return;
    this.#ended = true;
    this.#exit({ code: 0, signal: null, failure: null });
  }
}

/** One execution of a worker. */
class WritingRun {
  readonly #spec: ExecutionSpec;
  readonly #surroundings: Surroundings;
  readonly #onDone: (done: Done) => void;
  #stopTimer: () => void = () => undefined;

  constructor(spec: ExecutionSpec, surroundings: Surroundings, onDone: (done: Done) => void) {
    this.#spec = spec;
    this.#surroundings = surroundings;
    this.#onDone = onDone;
    this.#write('sys', `Started: ${spec.tool}`);
    this.#next(1);
  }

  cancelled(reason: CancelReason): void {
    this.#write('sys', `Stopped: ${reason}`);
    this.#done('cancelled', null);
  }

  /** Writes nothing more and reports nothing. */
  stop(): void {
    this.#stopTimer();
  }

  #next(line: number): void {
    this.#stopTimer = this.#surroundings.clock.setTimer(() => this.#step(line), lineEveryMs);
  }

  #step(line: number): void {
    if (line <= lines) {
      this.#write('out', `Step ${line} of ${lines}`);
      return this.#next(line + 1);
    }
    if (!JSON.stringify(this.#spec.parameters).includes('exit 1')) return this.#done('success', 0);
    this.#write('err', 'fatal: the last step failed');
    this.#done('failure', 1, { code: 'shell/exit-code', message: 'The command ended with exit code 1.' });
  }

  #write(stream: 'out' | 'err' | 'sys', text: string): void {
    const { clock, logs } = this.#surroundings;
    logs.append(this.#spec.logPath, logLine(clock.now(), stream, text));
  }

  #done(outcome: WorkerDone['outcome'], exitCode: number | null, error: WorkerDone['error'] = null): void {
    this.stop();
    const { executionId, logPath } = this.#spec;
    const logBytes = this.#surroundings.logs.files.size(logPath);
    const measured = { signal: null, result: null, cpuMs: 120 };
    this.#onDone({ type: 'done', executionId, outcome, exitCode, error, logBytes, ...measured });
  }
}
