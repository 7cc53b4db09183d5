import type { SessionEvent } from '../../contract/session-event.ts';
import { mostLevels, placeTooDeep } from '../../domain/success/json-levels.ts';

/** Time that a server has to answer `ping` after a call was cancelled, in ms. */
const PING_WITHIN_MS = 5000;
const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;

type Id = string | number;

/** A message of JSON-RPC 2.0, as far as it matters here. */
interface Message {
  readonly id?: Id;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>> & { readonly _meta?: Readonly<Record<string, unknown>> };
  readonly result?: unknown;
  readonly error?: unknown;
}

/** A request that the server has not answered. */
interface Pending {
  /** The run that waits; null if it was cancelled or its run has ended. */
  run: string | null;
  /** The id that the run gave the request. */
  readonly id: Id;
  /** The token for progress that the run gave the request; undefined if it wants none. */
  readonly token: unknown;
}

export interface MuxEvents {
  /** Writes one message to the server. */
  toServer(line: string): void;
  /** @param run null: every run that uses the server */
  toRun(run: string | null, event: SessionEvent): void;
  /** Calls back after this many ms, unless the returned function was called. */
  setTimer(callback: () => void, delayMs: number): () => void;
  /** The server answered the first message. */
  onReady(): void;
  /** The server should get no further runs. The reason completes "The server …". Called once. */
  onRetired(reason: string): void;
}

/**
 * Lets several runs use one session of an MCP server as if each had its own: gives every request an id that is unique in
 * the session and every answer back to the run that waits for it, begins the session once, and answers what the server
 * asks the client for. Never gives a run the answer of another one.
 */
export class SessionMux {
  readonly #events: MuxEvents;
  readonly #runs = new Map<string, { accepted: boolean }>();
  readonly #pending = new Map<Id, Pending>();
  /** Runs that wait for the answer to `initialize`, with the id that each gave it. */
  #opening: { readonly run: string; readonly id: Id }[] = [];
  /** The id of `initialize` while it is not answered. */
  #openingId: Id | null = null;
  /** The server's answer to `initialize`; undefined until it gave one. */
  #opened: unknown;
  #isAccepted = false;
  #isRetired = false;
  #count = 0;
  #ping: { readonly id: Id; readonly stop: () => void } | null = null;

  constructor(events: MuxEvents) {
    this.#events = events;
  }

  join(run: string): void {
    this.#runs.set(run, { accepted: false });
  }

  /** Cancels what the run still waits for. */
  leave(run: string): void {
    const known = this.#runs.get(run);
    if (known === undefined) return;
    this.#runs.delete(run);
    this.#opening = this.#opening.filter((waiting) => waiting.run !== run);
    for (const [id, pending] of this.#pending) if (pending.run === run) this.#cancel(id, pending, 'the run has ended');
    if (this.#opened === undefined && this.#openingId !== null && this.#runs.size === 0)
      this.#retire('did not answer the first message');
    // The client refused the answer, for example because of the version of the protocol.
    if (this.#opened !== undefined && !known.accepted) this.#retire('could not be used by a run');
  }

  /** Takes a message of a run. */
  fromRun(run: string, text: string): void {
    const known = this.#runs.get(run);
    if (known === undefined) return;
    const message = JSON.parse(text) as Message;
    const { id, method } = message;
    // The run's answer to a request of the server, which was answered here.
    if (method === undefined) return;
    if (method === 'initialize' && id !== undefined) return this.#open(run, id, message);
    if (id !== undefined) return this.#request(run, id, message);
    if (method === 'notifications/cancelled') return this.#cancelled(run, message);
    if (method === 'notifications/initialized') {
      known.accepted = true;
      if (this.#isAccepted) return;
      this.#isAccepted = true;
    }
    this.#send(message);
  }

  /** Takes a line that the server wrote. */
  fromServer(line: string): void {
    if (line.trim() === '') return;
    const message = parsed(line);
    if (message === null) return this.#events.toRun(null, { kind: 'garbage', text: line });
    if (message.method === undefined) return this.#answered(message, line);
    if (message.id !== undefined) return this.#asked(message, message.id);
    if (message.method === 'notifications/progress') return this.#progress(message);
    this.#frame(null, message);
  }

  #open(run: string, id: Id, message: Message): void {
    if (this.#opened !== undefined) return this.#frame(run, { id, result: this.#opened });
    this.#opening.push({ run, id });
    if (this.#openingId !== null) return;
    this.#openingId = this.#nextId();
    this.#send({ ...message, id: this.#openingId });
  }

  #request(run: string, id: Id, message: Message): void {
    const own = this.#nextId();
    const token = message.params?._meta?.['progressToken'];
    this.#pending.set(own, { run, id, token });
    this.#send({ ...withToken(message, token === undefined ? undefined : own), id: own });
  }

  #answered(message: Message, line: string): void {
    const { id } = message;
    if (id !== undefined && id === this.#openingId) return this.#openingAnswered(message);
    if (id !== undefined && id === this.#ping?.id) return this.#pong();
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || pending === undefined) {
      return this.#events.toRun(null, { kind: 'garbage', text: line });
    }
    this.#pending.delete(id);
    // A late answer shows as well as one to `ping` that the server is not stuck.
    if (pending.run === null) return this.#pong();
    this.#frame(pending.run, { ...message, id: pending.id });
  }

  #openingAnswered(message: Message): void {
    this.#openingId = null;
    for (const { run, id } of this.#opening) this.#frame(run, { ...message, id });
    this.#opening = [];
    if (message.result === undefined) return this.#retire('refused to start');
    this.#opened = message.result;
    this.#events.onReady();
  }

  /** Answers a request of the server as the client of a run does, which gets it too, for its log. */
  #asked(message: Message, id: Id): void {
    if (message.method === 'ping') return this.#send({ id, result: {} });
    this.#send({ id, error: { code: METHOD_NOT_FOUND, message: 'Method not found' } });
    this.#frame(null, message);
  }

  #progress(message: Message): void {
    const pending = this.#pending.get(message.params?.['progressToken'] as Id);
    if (pending?.run == null || pending.token === undefined) return;
    this.#frame(pending.run, { ...message, params: { ...message.params, progressToken: pending.token } });
  }

  #cancelled(run: string, { params }: Message): void {
    const requestId = params?.['requestId'];
    for (const [id, pending] of this.#pending)
      if (pending.run === run && pending.id === requestId)
        this.#cancel(id, pending, typeof params?.['reason'] === 'string' ? params['reason'] : 'cancelled');
  }

  #cancel(id: Id, pending: Pending, reason: string): void {
    pending.run = null;
    this.#send({ method: 'notifications/cancelled', params: { requestId: id, reason } });
    this.#askWhetherStuck();
  }

  /** MCP forbids an answer to a cancelled call, so the server is asked for another one. */
  #askWhetherStuck(): void {
    if (this.#ping !== null || this.#isRetired) return;
    const id = this.#nextId();
    const stop = this.#events.setTimer(
      () => this.#retire('does not answer since a call was cancelled'),
      PING_WITHIN_MS,
    );
    this.#ping = { id, stop };
    this.#send({ id, method: 'ping' });
  }

  #pong(): void {
    this.#ping?.stop();
    this.#ping = null;
  }

  #retire(reason: string): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    this.#pong();
    this.#events.onRetired(reason);
  }

  #nextId(): Id {
    this.#count += 1;
    return this.#count;
  }

  #send(message: Message): void {
    this.#events.toServer(`${JSON.stringify({ ...message, jsonrpc: '2.0' })}\n`);
  }

  #frame(run: string | null, message: Message): void {
    this.#events.toRun(run, { kind: 'frame', text: JSON.stringify({ ...message, jsonrpc: '2.0' }) });
  }
}

function withToken(message: Message, token: Id | undefined): Message {
  if (token === undefined) return message;
  const { params } = message;
  return { ...message, params: { ...params, _meta: { ...params?._meta, progressToken: token } } };
}

/** Returns an answer as an error, because it could not be passed on; null for what nobody waits for. */
function withoutContent({ id, method }: Message): Message | null {
  if (id === undefined || method !== undefined) return null;
  return { id, error: { code: INTERNAL_ERROR, message: `the answer is nested deeper than ${mostLevels} levels` } };
}

/** Returns a message of JSON-RPC; null for anything else. */
function parsed(line: string): Message | null {
  const value = jsonOf(line);
  if (typeof value !== 'object' || value === null || !('jsonrpc' in value)) return null;
  return placeTooDeep(line) === null ? (value as Message) : withoutContent(value as Message);
}

/** Returns the value of a line; null if it is not JSON. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
