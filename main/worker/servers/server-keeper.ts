import { StringDecoder } from 'node:string_decoder';
import { processTree } from '../../adapters/process/process-tree.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import { endLeftovers } from '../runners/task-process.ts';
import { ServerProgram } from './server-program.ts';
import { SessionMux } from './session-mux.ts';
import { SlowReaders } from './slow-readers.ts';
import type { KeptProgram, SessionEvent } from '../../contract/session-event.ts';
import type { FromWorker } from '../../contract/worker.ts';

/** Characters of stderr that are kept for the reason of a failure. */
const LAST_WORDS = 4000;
/** Longest wait for the parent, which ends this worker once it knows that the server has ended, in ms. */
const END_WITHIN_MS = 10_000;

/** No log waits for what is left, so it gets less time than what a run leaves. */
const leftoverLimits = { patienceMs: 100, graceMs: 1500 };

interface KeeperEvents {
  send(message: FromWorker): void;
  /** Ends this worker. */
  exit(): void;
}

/** Keeps one MCP server over stdio in this worker, for the runs that the parent connects to it. */
export class ServerKeeper {
  readonly #events: KeeperEvents;
  readonly #execution;
  readonly #program: ServerProgram;
  readonly #mux: SessionMux;
  readonly #readers: SlowReaders;
  readonly #decoder = new StringDecoder('utf8');
  /** Lines for the program, which is starting; null once it has started. */
  #waiting: string[] | null = [];
  /** Runs that joined while the program was starting. */
  #joining: string[] = [];
  #lastWords = '';
  #ending: Promise<void> | null = null;
  #hasEnded = false;
  #inHurry = false;

  constructor({ sessionId, command, args, cwd, env }: KeptProgram, events: KeeperEvents) {
    this.#events = events;
    this.#execution = { executionId: sessionId, tree: processTree(true), root: process.pid };
    this.#program = new ServerProgram(
      { file: command, args, cwd, env, execution: this.#execution },
      {
        inHurry: () => this.#inHurry,
        onLine: (text) => this.#mux.fromServer(text),
        onStderr: (chunk) => this.#stderr(this.#decoder.write(chunk)),
        onTooLarge: () => this.#tooLarge(),
        // A write that fails is seen where it was made, and the end of the program by itself.
        onError: () => undefined,
        onClosed: () => this.#closed(null),
      },
    );
    this.#readers = new SlowReaders((isOpen) => this.#program.flow(isOpen));
    this.#mux = new SessionMux({
      toServer: (line) => this.#write(line),
      toRun: (run, event) => this.#tell(run, event),
      setTimer: (callback, delayMs) => {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
      onReady: () => this.#report('ready'),
      onRetired: (reason) => this.#report('retired', reason),
    });
  }

  async start(): Promise<void> {
    try {
      await this.#program.start();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return this.#closed({
        code: error instanceof SchedulerError ? error.code : (code ?? ''),
        message: messageOf(error),
      });
    }
    this.#report('started');
    for (const run of this.#joining.splice(0)) this.#tell(run, { kind: 'started' });
    const lines = this.#waiting ?? [];
    this.#waiting = null;
    for (const line of lines) this.#write(line);
  }

  /** Takes an event of a run. */
  receive(run: string, event: SessionEvent): void {
    switch (event.kind) {
      case 'join':
        this.#mux.join(run);
        this.#readers.join(run);
        if (this.#waiting === null) return this.#tell(run, { kind: 'started' });
        this.#joining.push(run);
        return;
      case 'leave':
        this.#mux.leave(run);
        return this.#readers.leave(run);
      case 'heard':
        return this.#readers.read(run, event.characters);
      case 'frame':
        return this.#mux.fromRun(run, event.text);
      default:
        // The other events go from the server to runs.
        return;
    }
  }

  /**
   * Ends the server with everything it started, then this worker.
   * @param inHurry the parent is gone: the server gets no time to end by itself
   */
  end(inHurry = false): Promise<void> {
    this.#inHurry ||= inHurry;
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    await this.#clear();
    // The last events need a moment to be sent.
    setTimeout(() => this.#events.exit(), 50);
  }

  /** Ends the program, and what it started in other process groups. */
  async #clear(): Promise<void> {
    await this.#program.close();
    await endLeftovers(this.#execution, { sys: () => undefined }, leftoverLimits);
  }

  #closed(problem: { readonly code: string; readonly message: string } | null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { code, signal } = this.#program.ended ?? { code: null, signal: null };
    this.#tell(null, { kind: 'ended', code, signal, lastWords: this.#lastWords, problem });
    if (this.#ending === null) setTimeout(() => void this.end(), END_WITHIN_MS);
  }

  #write(line: string): void {
    if (this.#waiting !== null) return void this.#waiting.push(line);
    // A server that does not read any more is of no use to anybody.
    this.#program.write(line).catch(() => this.#closed(null));
  }

  #stderr(text: string): void {
    this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
    this.#readers.wrote(text.length);
    this.#tell(null, { kind: 'stderr', text });
  }

  /** Nothing more is read, so every run has lost its answer. */
  #tooLarge(): void {
    this.#tell(null, { kind: 'too-large' });
    this.#report('retired', 'sent a message that was too large');
  }

  #tell(executionId: string | null, event: SessionEvent): void {
    this.#events.send({ type: 'session', executionId, event });
  }

  #report(state: Extract<FromWorker, { type: 'server' }>['state'], reason: string | null = null): void {
    this.#events.send({ type: 'server', state, pid: this.#program.pid ?? null, reason });
  }
}
