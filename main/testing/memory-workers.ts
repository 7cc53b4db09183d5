import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DoubtWatch } from '../domain/doubt/doubt-watch.ts';
import { lookAt } from '../worker/probe/look.ts';
import type { ExecutionSpec, FromWorker, ProbeSpec, ToWorker, WorkerDone } from '../contract/worker.ts';
import type { ProcessHost, WorkerExit, WorkerProcess } from '../ports/process-host.ts';

/**
 * Returns a host whose workers start no process. `exit N` fails with exit code N, `false` with 1, `sleep` runs until it
 * is cancelled, `print TEXT` writes TEXT to its log, and `true` (like any other command) succeeds. A success is doubtful
 * if its output looks like a failure, unless the task ignores that. A request to `…/busy` fails with 503 and asks to wait
 * one minute. A run uses the kept server of its tool, if there is one.
 */
export function memoryWorkers(): ProcessHost {
  let started = 0;
  return {
    kind: 'fork',
    start: () => new MemoryWorker(1001 + started++),
  };
}

class MemoryWorker implements WorkerProcess {
  readonly pid: number;
  /** What it runs, with the bytes of the log. */
  readonly #runs = new Map<string, { readonly logBytes: number }>();
  #isShared = false;
  #say: (message: FromWorker) => void = () => undefined;
  #exit: (exit: WorkerExit) => void = () => undefined;
  #ended = false;
  #seen: Pick<WorkerDone, 'seen'> = {};

  constructor(pid: number) {
    this.pid = pid;
  }

  send(message: ToWorker): void {
    if (message.type === 'run') {
      this.#isShared = message.shared === true;
      queueMicrotask(() => this.#run(message.spec));
    } else if (message.type === 'cancel') {
      queueMicrotask(() => this.#done(message.executionId, { outcome: 'cancelled' }));
    } else if (message.type === 'keep') queueMicrotask(() => this.#keep());
    else if (message.type === 'end') queueMicrotask(() => this.#end());
    else if (message.type === 'acknowledge' && !this.#isShared) queueMicrotask(() => this.#end());
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

  #keep(): void {
    this.#say({ type: 'ready', pid: this.pid });
    this.#say({ type: 'server', state: 'started', pid: this.pid + 100_000, reason: null });
  }

  #run(spec: ExecutionSpec): void {
    const { executionId, parameters, logPath } = spec;
    this.#say({ type: 'ready', pid: this.pid });
    this.#say({ type: 'started', executionId });
    if (spec.kept !== undefined) this.#say({ type: 'session', executionId, event: { kind: 'join' } });
    const command = String(parameters['command']);
    const text = command.startsWith('print ') ? `${command.slice('print '.length)}\n` : '';
    mkdirSync(dirname(logPath), { recursive: true });
    writeFileSync(logPath, text);
    this.#runs.set(executionId, { logBytes: Buffer.byteLength(text) });
    if (command === 'sleep') return;
    if (String(parameters['url']).endsWith('/busy')) {
      const busy = { code: 'http/status', message: 'The server responded with 503; expected 200 to 299.' };
      const result = { status: 503, retryAfterMs: 60_000 };
      return this.#done(executionId, { outcome: 'failure', error: busy, result });
    }
    if (spec.probe !== undefined && !this.#hasChanged(spec, spec.probe)) return;
    const exitCode = command === 'false' ? 1 : Number(/^exit (\d+)$/.exec(command)?.[1] ?? 0);
    if (exitCode === 0) {
      return this.#done(executionId, { outcome: 'success', exitCode, ...doubtOf(spec, text), ...this.#seen });
    }
    const error = { code: 'shell/exit-code', message: `The command ended with exit code ${exitCode}.` };
    this.#done(executionId, { outcome: 'failure', exitCode, error });
  }

  /** Runs the probe: `cat FILE` answers what is in it, `date` nothing. False if the run has ended with it. */
  #hasChanged(spec: ExecutionSpec, probe: ProbeSpec): boolean {
    const { executionId } = spec;
    const file = /^cat (.*)$/.exec(String(probe.parameters['command']))?.[1];
    if (file !== undefined && !existsSync(file)) {
      this.#done(executionId, {
        outcome: 'failure',
        exitCode: 1,
        error: { code: 'shell/exit-code', message: 'The probe failed.' },
      });
      return false;
    }
    const text = file === undefined ? '' : readFileSync(file, 'utf8');
    const look = lookAt({ text }, probe, spec.masked ?? []);
    if (look.kind === 'problem')
      this.#done(executionId, { outcome: 'failure', error: { code: look.code, message: look.message } });
    else if (look.kind === 'unchanged') this.#done(executionId, { outcome: 'skipped', ...look });
    else if (probe.then === 'tell')
      this.#done(executionId, { outcome: 'success', result: { change: look.change }, seen: look.seen });
    else this.#seen = { seen: look.seen };
    return look.kind === 'changed' && probe.then === 'run';
  }

  #done(executionId: string, more: Partial<WorkerDone> & Pick<WorkerDone, 'outcome'>): void {
    const run = this.#runs.get(executionId);
    if (run === undefined || this.#ended) return;
    this.#runs.delete(executionId);
    const nothing = { exitCode: null, signal: null, result: null, error: null, cpuMs: null };
    this.#say({ type: 'done', executionId, logBytes: run.logBytes, ...nothing, ...more });
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#exit({ code: 0, signal: null, failure: null });
  }
}

function doubtOf(spec: ExecutionSpec, text: string): Pick<WorkerDone, 'doubt' | 'isEmpty'> {
  if (spec.doubt !== 'mark') return {};
  const watch = new DoubtWatch({ tool: spec.tool });
  watch.output('out', Buffer.from(text));
  const doubt = watch.doubt();
  return { ...(doubt === null ? {} : { doubt }), isEmpty: watch.isEmpty };
}
