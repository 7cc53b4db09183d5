import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { sendSignal } from '../../adapters/process/signal-all.ts';
import { taskSpawn } from '../runners/spawn.ts';
import { startTaskProcess, terminateGroup } from '../runners/task-process.ts';
import type { ChildProcess } from 'node:child_process';
import type { TaskCommand } from '../runners/task-process.ts';

const LINE_FEED = 10;

/** Largest size of one message, in bytes. A larger one is a fault of the server and would fill this process's memory. */
export const largestMessageBytes = 64 * 1024 * 1024;

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type ServerCommand = Omit<TaskCommand, 'stdin'>;

export interface ProgramEvents {
  /** Returns true once nobody waits for an orderly end: the server then gets no time to end by itself. */
  inHurry(): boolean;
  /** Receives a line of stdout, without its end. */
  onLine(text: string): void;
  onStderr(chunk: Buffer): void;
  /** A line is larger than `largestMessageBytes`. Nothing more is read. */
  onTooLarge(): void;
  onError(error: Error): void;
  /** The program ended, and its output was read. Called once, also after `close`. */
  onClosed(): void;
}

/** The program of an MCP server over stdio, in its own process group: lines in and out, and an end of the whole group. */
export class ServerProgram {
  /** How the program ended; null while it runs. */
  ended: ProgramEnd | null = null;

  readonly #command: ServerCommand;
  readonly #events: ProgramEvents;
  #child: ChildProcess | null = null;
  #exited: Promise<unknown> = Promise.resolve();
  #chunks: Buffer[] = [];
  #held = 0;
  #isClosed = false;

  constructor(command: ServerCommand, events: ProgramEvents) {
    this.#command = command;
    this.#events = events;
  }

  /** The program's process; undefined until it has started. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @throws the error of the system, or SchedulerError `execution/no-working-directory`. */
  async start(): Promise<void> {
    const child = startTaskProcess(await taskSpawn(), { ...this.#command, stdin: 'pipe' });
    this.#child = child;
    this.#exited = new Promise((resolve) => child.once('exit', resolve));
    child.once('exit', (code, signal) => {
      this.ended = { code, signal };
      // A helper that the server left may hold its stdout open, and `close` would wait for that.
      setTimeout(() => this.#closed(), 200).unref();
    });
    child.once('close', () => this.#closed());
    child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.#events.onStderr(chunk));
    child.stdin?.on('error', (error) => this.#events.onError(error));
    await once(child, 'spawn');
    child.on('error', (error) => this.#events.onError(error));
  }

  /** Writes one line, which has its end. @throws Error if the server has closed its input. */
  async write(line: string): Promise<void> {
    const input = this.#child?.stdin;
    if (!input?.writable) throw new Error('the server has closed its input');
    const problem = await new Promise<Error | null | undefined>((resolve) => void input.write(line, resolve));
    if (!problem) return;
    // EPIPE mostly means that the server is ending; its exit code says more.
    await this.#exitedWithin(500);
    throw problem;
  }

  /** Stops or continues reading what the program writes: it waits once the pipes are full. */
  flow(isOpen: boolean): void {
    for (const stream of [this.#child?.stdout, this.#child?.stderr]) {
      if (isOpen) stream?.resume();
      else stream?.pause();
    }
  }

  /** Ends the server as MCP describes (specification, "Shutdown"): close its input, then TERM, then KILL. */
  async close(): Promise<void> {
    const child = this.#child;
    if (!child?.pid) return;
    child.stdin?.destroy();
    if (!(await this.#exitedWithin(this.#events.inHurry() ? 0 : 1000))) {
      terminateGroup(child, this.#command.execution);
      if (!(await this.#exitedWithin(2000))) child.kill('SIGKILL');
    }
    if (process.platform !== 'win32') sendSignal(-child.pid, 'SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
    this.#closed();
  }

  async #exitedWithin(ms: number): Promise<boolean> {
    if (!this.ended) {
      const patience = new AbortController();
      const waiting = delay(ms, undefined, { signal: patience.signal }).catch(() => undefined);
      await Promise.race([this.#exited, waiting]);
      patience.abort();
    }
    return this.ended !== null;
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#events.onClosed();
  }

  #read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      this.#chunks.push(chunk.subarray(from, end));
      this.#events.onLine(Buffer.concat(this.#chunks).toString('utf8'));
      this.#chunks = [];
      this.#held = 0;
      from = end + 1;
    }
    if (from === chunk.length) return;
    this.#chunks.push(chunk.subarray(from));
    this.#held += chunk.length - from;
    if (this.#held <= largestMessageBytes) return;
    this.#chunks = [];
    this.#child?.stdout?.destroy();
    this.#events.onTooLarge();
  }
}
