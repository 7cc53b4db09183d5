import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { deserializeMessage, serializeMessage } from '@modelcontextprotocol/client';
import { sendSignal } from '../../../adapters/process/signal-all.ts';
import { largestMessageBytes, MessageTooLargeError } from './connection-loss.ts';
import { taskSpawn } from '../spawn.ts';
import { startTaskProcess, terminateGroup } from '../task-process.ts';
import type { ChildProcess } from 'node:child_process';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import type { TaskCommand } from '../task-process.ts';

const LINE_FEED = 10;

export interface StdioEvents {
  /** Returns true once the execution was cancelled: the server then gets no time to end by itself. */
  inHurry(): boolean;
  onStderr(chunk: Buffer): void;
  /** Receives a line on stdout that is not a JSON-RPC message. */
  onGarbage(line: string): void;
  /** A message is larger than `largestMessageBytes`. Nothing more is read. */
  onTooLarge(error: MessageTooLargeError): void;
}

/**
 * MCP over a program's stdin and stdout. Unlike the SDK's transport it starts the server in its own process group,
 * keeps the exit code, reports lines that are not messages instead of dropping them, and ends the whole group.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** How the server ended; null while it runs. */
  ended: { readonly code: number | null; readonly signal: NodeJS.Signals | null } | null = null;

  readonly #command: Omit<TaskCommand, 'stdin'>;
  readonly #events: StdioEvents;
  #child: ChildProcess | null = null;
  #exited: Promise<unknown> = Promise.resolve();
  #chunks: Buffer[] = [];
  #held = 0;

  constructor(command: Omit<TaskCommand, 'stdin'>, events: StdioEvents) {
    this.#command = command;
    this.#events = events;
  }

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
    child.stdin?.on('error', (error) => this.onerror?.(error));
    await once(child, 'spawn');
    child.on('error', (error) => this.onerror?.(error));
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const input = this.#child?.stdin;
    if (!input?.writable) throw new Error('the server has closed its input');
    const problem = await new Promise<Error | null | undefined>(
      (resolve) => void input.write(serializeMessage(message), resolve),
    );
    if (!problem) return;
    // EPIPE mostly means that the server is ending; its exit code says more.
    await this.#exitedWithin(500);
    throw problem;
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
    const told = this.onclose;
    delete this.onclose;
    told?.();
  }

  #read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      this.#chunks.push(chunk.subarray(from, end));
      this.#line(Buffer.concat(this.#chunks).toString('utf8'));
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
    this.#events.onTooLarge(new MessageTooLargeError());
  }

  #line(text: string): void {
    if (text.trim() === '') return;
    let message: JSONRPCMessage;
    try {
      message = deserializeMessage(text);
    } catch {
      this.#events.onGarbage(text);
      const id = answeredId(text);
      if (id !== null) this.onmessage?.(invalidAnswer(id));
      return;
    }
    this.onmessage?.(message);
  }
}

/** Returns the id of the request that a line answers in a form that is not MCP; null if it answers none. */
function answeredId(line: string): string | number | null {
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof answer !== 'object' || answer === null || 'method' in answer) return null;
  const { id } = answer as { readonly id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** Ends the request at once: the SDK drops such an answer, and the request would wait until its time limit. */
function invalidAnswer(id: string | number): JSONRPCMessage {
  const message = 'the answer of the server is not valid MCP; the log has it';
  return { jsonrpc: '2.0', id, error: { code: -32603, message } };
}
