import type { Readable, Writable } from 'node:stream';
import { ipcCalls, type IpcCall, type IpcEvent } from '../../contract/ipc.ts';
import { lineRequestSchema, longestLine, mostCalls, type Greeting } from '../../contract/line-protocol.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { answerCall } from '../answer.ts';
import { failureEnvelope } from '../envelope.ts';
import type { IpcHandlers } from '../handlers.ts';
import { LineReader } from '../../domain/lines/line-reader.ts';

/** Bytes that may wait for a client that does not read. The connection then ends. */
const mostUnread = 64 * 1024 * 1024;

export interface LineBindingOptions {
  readonly handlers: IpcHandlers;
  readonly input: Readable;
  readonly output: Writable;
  readonly greeting: Greeting;
  /** Ends the conversation. */
  readonly stop: AbortSignal;
  /** Called with every error of a handler, for the log. */
  readonly report: (call: IpcCall, problem: unknown) => void;
}

/** Binds the calls of the window to lines of JSON. No line of the client ends the conversation, whatever it holds. */
export class LineBinding {
  readonly #options: LineBindingOptions;
  readonly #waiting = new Set<Promise<void>>();
  #end: () => void = () => undefined;
  #closed = false;

  constructor(options: LineBindingOptions) {
    this.#options = options;
  }

  /** Sends an event to the client. */
  send(event: IpcEvent, payload: unknown): void {
    this.#write({ event, payload });
  }

  /** Greets, and answers until the input ends, the client stops reading or `stop` is aborted; then ends the last answers. */
  async serve(): Promise<void> {
    const { input, output, stop, greeting } = this.#options;
    const lines = new LineReader(longestLine, (line) => this.#receive(line));
    const onData = (chunk: Buffer): void => lines.add(chunk);
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve;
      for (const event of ['end', 'close', 'error']) input.once(event, () => resolve());
      output.once('error', () => this.#hangUp());
      stop.addEventListener('abort', () => resolve(), { once: true });
      if (stop.aborted) resolve();
    });
    this.#write({ hello: greeting });
    input.on('data', onData);
    await ended;
    input.off('data', onData);
    if (!stop.aborted) lines.end();
    await Promise.all(this.#waiting);
    this.#closed = true;
  }

  #receive(line: string | null): void {
    if (line?.trim() === '') return;
    const request = line === null ? null : lineRequestSchema.safeParse(parsed(line)).data;
    if (request == null) return this.#refuse(null, notARequest(line));
    const { id, call, input } = request;
    if (!Object.hasOwn(ipcCalls, call)) return this.#refuse(id, unknownCall(call));
    if (this.#waiting.size >= mostCalls) return this.#refuse(id, tooManyCalls());
    const answer = this.#answer(id, call as IpcCall, input).finally(() => this.#waiting.delete(answer));
    this.#waiting.add(answer);
  }

  async #answer(id: number | string, call: IpcCall, input: unknown): Promise<void> {
    const { handlers, report } = this.#options;
    this.#write({ id, ...(await answerCall(handlers, call, input, report)) });
  }

  #refuse(id: number | string | null, problem: SchedulerError): void {
    this.#write({ id, ...failureEnvelope(problem) });
  }

  #write(document: object): void {
    const { output } = this.#options;
    if (this.#closed || !output.writable) return;
    if (output.writableLength > mostUnread) return this.#hangUp();
    output.write(`${JSON.stringify(document)}\n`);
  }

  #hangUp(): void {
    this.#closed = true;
    this.#end();
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Refused like every other line that is no request.
    return null;
  }
}

function notARequest(line: string | null): SchedulerError {
  const problem =
    line === null ? `It has more than ${longestLine} bytes.` : 'Expected {"id": 1, "call": "…", "input": {}}.';
  return new SchedulerError('usage/invalid-line', `The line is no request in JSON. ${problem}`, { longestLine });
}

function unknownCall(call: string): SchedulerError {
  const shown = call.slice(0, 100);
  return new SchedulerError('usage/unknown-call', `There is no call "${shown}".`, { call: shown });
}

function tooManyCalls(): SchedulerError {
  const message = `${mostCalls} calls wait for their answers already. Wait for one of them.`;
  return new SchedulerError('usage/too-many-calls', message, { limit: mostCalls });
}
