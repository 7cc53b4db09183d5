import type { Readable, Writable } from 'node:stream';
import type { Envelope } from '../../contract/errors.ts';
import type { IpcCall, IpcInput, IpcOutput } from '../../contract/ipc.ts';
import {
  greetingSchema,
  lineAnswerSchema,
  lineEventSchema,
  longestAnswer,
  type Greeting,
} from '../../contract/line-protocol.ts';
import type { SchedulerError } from '../../domain/errors.ts';
import { LineReader } from '../../domain/lines/line-reader.ts';

export interface LineClientOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly onGreeting: (greeting: Greeting) => void;
  readonly onEvent: (name: string, payload: unknown) => void;
  /** Called with a line that is neither greeting, answer nor event: the other end is no bridge. */
  readonly onGarbage: (line: string) => void;
}

/** The other end of a bridge: sends calls, and receives answers and events. */
export class LineClient {
  readonly #options: LineClientOptions;
  readonly #waiting = new Map<number, (envelope: Envelope<unknown>) => void>();
  #nextId = 1;
  #greeted = false;
  #lost: SchedulerError | null = null;

  constructor(options: LineClientOptions) {
    this.#options = options;
    const lines = new LineReader(longestAnswer, (line) => this.#receive(line));
    options.input.on('data', (chunk: Buffer) => lines.add(chunk));
    // Its failure is also the end of the process, which the owner of this client reports.
    options.output.on('error', () => undefined);
  }

  /** Returns the answer; once the connection is lost, its error. */
  call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>> {
    if (this.#lost !== null) return Promise.resolve(failed(this.#lost));
    const id = this.#nextId;
    this.#nextId += 1;
    this.#options.output.write(`${JSON.stringify({ id, call: name, input })}\n`);
    return new Promise((resolve) => {
      this.#waiting.set(id, (envelope) => resolve(envelope as Envelope<IpcOutput<C>>));
    });
  }

  /** Answers all calls that wait, and all later ones, with this error. */
  lose(problem: SchedulerError): void {
    this.#lost = problem;
    for (const answer of this.#waiting.values()) answer(failed(problem));
    this.#waiting.clear();
  }

  #receive(line: string | null): void {
    const document = line === null ? null : parsed(line);
    if (!this.#greeted) {
      const greeting = greetingSchema.safeParse(document).data?.hello;
      if (greeting === undefined) return this.#options.onGarbage(line ?? '');
      this.#greeted = true;
      return this.#options.onGreeting(greeting);
    }
    const answer = lineAnswerSchema.safeParse(document).data;
    if (answer !== undefined) return this.#settle(answer);
    const event = lineEventSchema.safeParse(document).data;
    if (event === undefined) this.#options.onGarbage(line ?? '');
    else this.#options.onEvent(event.event, event.payload);
  }

  #settle({ id, ...envelope }: { id: number | string | null } & Envelope<unknown>): void {
    if (typeof id !== 'number') return;
    this.#waiting.get(id)?.(envelope);
    this.#waiting.delete(id);
  }
}

const failed = ({ code, message, details }: SchedulerError) =>
  ({ ok: false, error: { code, message, details } }) as const;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
