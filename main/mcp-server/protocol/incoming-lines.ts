import { Transform, type TransformCallback } from 'node:stream';
import type { Batches } from './batches.ts';

type Json = Readonly<Record<string, unknown>>;
type Id = string | number;

/** A longer line is passed on as it is; the SDK refuses it. */
const longestLine = 10 * 1024 * 1024;
const lineFeed = 0x0a;

const invalidRequest = -32600;

/**
 * Prepares the lines of a client for the SDK, which reads only single messages of the newest form: takes a JSON-RPC
 * batch (part of MCP 2025-03-26) apart, reads `"arguments": null` as no arguments, and answers what is no request.
 */
export class IncomingLines extends Transform {
  readonly #batches: Batches;
  readonly #reply: (message: object) => void;
  #pieces: Buffer[] = [];
  #length = 0;

  /** @param reply sends an answer to a line that is not passed on */
  constructor(batches: Batches, reply: (message: object) => void) {
    super();
    this.#batches = batches;
    this.#reply = reply;
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      this.#collect(chunk.subarray(from, end + 1));
      this.#endLine();
      from = end + 1;
    }
    this.#collect(chunk.subarray(from));
    if (this.#length > longestLine) this.#passOn();
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#passOn();
    done();
  }

  #collect(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  #take(): Buffer {
    const line = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return line;
  }

  #passOn(): void {
    this.push(this.#take());
  }

  #endLine(): void {
    const line = this.#take();
    const message = parsed(line.toString('utf8'));
    if (Array.isArray(message)) return this.#batch(message);
    if (!isRecord(message)) return void this.push(line);
    this.#single(message, line);
  }

  #single(message: Json, line: Buffer): void {
    const problem = problemOf(message);
    if (problem !== null) return this.#reply(refusal(idOf(message), problem));
    this.#batches.saw(message);
    this.push(hasNoArguments(message) ? lineOf(withoutArguments(message)) : line);
  }

  #batch(messages: readonly unknown[]): void {
    if (messages.length === 0) return this.#reply(refusal(null, 'a batch has at least one message'));
    const refused: object[] = [];
    const good: Json[] = [];
    for (const message of messages) {
      const problem = isRecord(message) ? problemOf(message) : 'each message of a batch is an object';
      if (problem === null) good.push(message as Json);
      else refused.push(refusal(isRecord(message) ? idOf(message) : null, problem));
    }
    const answer = this.#batches.begin(
      good.map(requestId).filter((id) => id !== null),
      refused,
    );
    if (answer !== null) this.#reply(answer);
    for (const message of good) this.#single(message, lineOf(message));
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    // Noise on the line, which the SDK ignores.
    return null;
  }
}

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const lineOf = (message: Json): Buffer => Buffer.from(`${JSON.stringify(message)}\n`);

const isId = (value: unknown): value is Id => typeof value === 'string' || Number.isInteger(value);

const idOf = ({ id }: Json): Id | null => (isId(id) ? id : null);

/** Returns the id of a message that needs an answer; null for a notification or an answer. */
const requestId = (message: Json): Id | null => ('method' in message ? idOf(message) : null);

/** Returns why a message is no JSON-RPC message; null if it is one. */
function problemOf(message: Json): string | null {
  const { jsonrpc, method, id, params } = message;
  if (jsonrpc !== '2.0') return '"jsonrpc" must be "2.0"';
  if ('result' in message || 'error' in message) return null;
  if (typeof method !== 'string') return '"method" must be text, for example "tools/call"';
  if (id !== undefined && !isId(id)) return '"id" must be text or a whole number';
  if (params !== undefined && !isRecord(params)) return '"params" must be an object';
  return null;
}

const refusal = (id: Id | null, problem: string): object => ({
  jsonrpc: '2.0',
  id,
  error: { code: invalidRequest, message: `This is not a JSON-RPC 2.0 message: ${problem}.` },
});

/** Some agent frameworks send null for a tool without parameters. */
function hasNoArguments({ params }: Json): boolean {
  return isRecord(params) && 'arguments' in params && params['arguments'] === null;
}

function withoutArguments(message: Json): Json {
  const { arguments: _none, ...params } = message['params'] as Json;
  return { ...message, params };
}
