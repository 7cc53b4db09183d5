import { fromWorkerSchema } from '../../contract/worker.ts';
import type { FromWorker } from '../../contract/worker.ts';
import type { WorkerExit } from '../../ports/process-host.ts';

/** Bytes kept of a worker's own stdout and stderr, for the reason of a crash. */
const LAST_WORDS = 8 * 1024;

/** The common part of both hosts: checks messages, reports one exit, and keeps both until there is a listener. */
export class WorkerChannel {
  #messages: ((message: FromWorker) => void) | null = null;
  #problems: ((problem: string) => void) | null = null;
  #exits: ((exit: WorkerExit) => void) | null = null;
  #early: FromWorker[] = [];
  #exit: WorkerExit | null = null;
  #lastWords = '';

  received(value: unknown): void {
    const checked = fromWorkerSchema.safeParse(value);
    if (!checked.success) {
      const issues = checked.error.issues.map((issue) => `${issue.path.join('.') || 'message'}: ${issue.message}`);
      this.#problems?.(`The worker sent a message that does not fit its schema: ${issues.join('; ').slice(0, 500)}`);
    } else if (this.#messages) this.#messages(checked.data);
    else this.#early.push(checked.data);
  }

  onMessage(listener: (message: FromWorker) => void): void {
    this.#messages = listener;
    for (const message of this.#early.splice(0)) listener(message);
  }

  onProtocolError(listener: (problem: string) => void): void {
    this.#problems = listener;
  }

  /** Adds output of the worker itself; the task's output goes to the log instead. */
  heard(chunk: Buffer): void {
    this.#lastWords = (this.#lastWords + chunk.toString('utf8')).slice(-LAST_WORDS);
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    this.#exits = listener;
    if (this.#exit) listener(this.#exit);
  }

  /** Reports the end of the worker. Only the first call counts. */
  ended(code: number | null, signal: string | null, failure: string | null): void {
    if (this.#exit) return;
    this.#exit = { code, signal, failure: failure ?? crashReason(this.#lastWords, code, signal) };
    this.#exits?.(this.#exit);
  }
}

/** Returns the reason of a crash from the worker's last output; null for an ordinary end. */
function crashReason(lastWords: string, code: number | null, signal: string | null): string | null {
  if (code === 0 && signal === null) return null;
  const fatal = /FATAL ERROR: ([^\n]*)/.exec(lastWords)?.[1];
  if (fatal)
    return /heap|memory/i.test(fatal) ? `V8 ran out of memory (${fatal.trim()})` : `V8 failed (${fatal.trim()})`;
  const thrown = /^(?:Uncaught )?(\w*Error\b[^\n]*)$/m.exec(lastWords)?.[1];
  return thrown ?? null;
}
