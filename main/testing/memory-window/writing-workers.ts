import type { CancelReason, ExecutionSpec, FromWorker, ToWorker, WorkerDone } from '../../contract/worker.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProcessHost, WorkerExit, WorkerProcess } from '../../ports/process-host.ts';
import { logLine, type MemoryLogs } from './memory-logs.ts';

/** Interval between the lines that a run writes, in ms. */
const lineEveryMs = 250;
const lines = 12;

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
  #say: (message: FromWorker) => void = () => undefined;
  #exit: (exit: WorkerExit) => void = () => undefined;
  #spec: ExecutionSpec | null = null;
  #stopTimer: () => void = () => undefined;
  #ended = false;

  constructor(pid: number, surroundings: Surroundings) {
    this.pid = pid;
    this.#surroundings = surroundings;
  }

  send(message: ToWorker): void {
    if (message.type === 'run') queueMicrotask(() => this.#run(message.spec));
    else if (message.type === 'cancel') queueMicrotask(() => this.#cancelled(message.reason));
    else if (message.type === 'acknowledge') queueMicrotask(() => this.#end());
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
    this.#spec = spec;
    this.#say({ type: 'ready', pid: this.pid });
    this.#say({ type: 'started', executionId: spec.executionId });
    this.#write('sys', `Started: ${spec.tool}`);
    this.#next(1);
  }

  #next(line: number): void {
    this.#stopTimer = this.#surroundings.clock.setTimer(() => this.#step(line), lineEveryMs);
  }

  #step(line: number): void {
    if (line <= lines) {
      this.#write('out', `Step ${line} of ${lines}`);
      return this.#next(line + 1);
    }
    if (!JSON.stringify(this.#spec?.parameters).includes('exit 1')) return this.#done('success', 0);
    this.#write('err', 'fatal: the last step failed');
    this.#done('failure', 1, { code: 'shell/exit-code', message: 'The command ended with exit code 1.' });
  }

  #cancelled(reason: CancelReason): void {
    this.#write('sys', `Stopped: ${reason}`);
    this.#done('cancelled', null);
  }

  #write(stream: 'out' | 'err' | 'sys', text: string): void {
    const { clock, logs } = this.#surroundings;
    if (this.#spec !== null) logs.append(this.#spec.logPath, logLine(clock.now(), stream, text));
  }

  #done(outcome: WorkerDone['outcome'], exitCode: number | null, error: WorkerDone['error'] = null): void {
    this.#stopTimer();
    if (this.#spec === null || this.#ended) return;
    const { executionId, logPath } = this.#spec;
    const logBytes = this.#surroundings.logs.files.size(logPath);
    const measured = { signal: null, result: null, cpuMs: 120 };
    this.#say({ type: 'done', executionId, outcome, exitCode, error, logBytes, ...measured });
  }

  #end(): void {
    this.#stopTimer();
    if (this.#ended) return;
    this.#ended = true;
    this.#exit({ code: 0, signal: null, failure: null });
  }
}
