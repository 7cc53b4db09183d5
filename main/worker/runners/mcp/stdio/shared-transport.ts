import { SchedulerError } from '../../../../domain/errors.ts';
import { readLine } from './message-line.ts';
import { ProgramTransport } from './program-transport.ts';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import type { SessionEvent } from '../../../../contract/session-event.ts';
import type { ProgramEnd } from '../../../servers/server-program.ts';
import type { ServerLink } from '../../runner.ts';
import type { TransportEvents } from './program-transport.ts';

export interface SharedEvents extends TransportEvents {
  /** Receives what the parent says about the server, for the log. */
  onNote(text: string): void;
  /** Receives the end of what the server wrote to stderr, also before this run began. */
  onLastWords(text: string): void;
  /** The server could not be started, or what kept it failed. */
  onLost(problem: Error): void;
}

/** MCP over a server that the parent keeps for several runs. Closing it ends this run's part only. */
export class SharedTransport extends ProgramTransport {
  readonly #link: ServerLink;
  readonly #events: SharedEvents;
  #ended: ProgramEnd | null = null;
  #isGone = false;
  #hasLeft = false;
  #started: () => void = () => undefined;

  constructor(link: ServerLink, events: SharedEvents) {
    super();
    this.#link = link;
    this.#events = events;
  }

  get ended(): ProgramEnd | null {
    return this.#ended;
  }

  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#started = resolve;
      this.#link.listen((event) => this.#receive(event));
      this.#link.send({ kind: 'join' });
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.#isGone) throw new Error('the server has ended');
    this.#link.send({ kind: 'frame', text: JSON.stringify(message) });
  }

  async close(): Promise<void> {
    if (!this.#hasLeft) this.#link.send({ kind: 'leave' });
    this.#hasLeft = true;
    this.closed();
  }

  #receive(event: SessionEvent): void {
    switch (event.kind) {
      case 'started':
        return this.#started();
      case 'frame':
        return readLine(event.text, {
          onMessage: (message) => this.onmessage?.(message),
          onGarbage: (line) => this.#events.onGarbage(line),
        });
      case 'stderr':
        this.#events.onStderr(Buffer.from(event.text));
        return this.#link.send({ kind: 'heard', characters: event.text.length });
      case 'garbage':
        return this.#events.onGarbage(event.text);
      case 'too-large':
        return this.#events.onTooLarge();
      case 'note':
        return this.#events.onNote(event.text);
      case 'ended':
        return this.#end(event);
      case 'join':
      case 'leave':
      case 'heard':
        // These go from a run to the server.
        return;
    }
  }

  #end({ code, signal, lastWords, problem }: Extract<SessionEvent, { kind: 'ended' }>): void {
    this.#isGone = true;
    if (code !== null || signal !== null) this.#ended = { code, signal: signal as NodeJS.Signals | null };
    this.#events.onLastWords(lastWords);
    if (problem !== null) this.#events.onLost(errorOf(problem));
    // A connection may wait for the start: its first request then fails.
    this.#started();
    this.closed();
  }
}

/** Returns the error as the start of an own server would throw it. */
function errorOf({ code, message }: { readonly code: string; readonly message: string }): Error {
  return code.includes('/')
    ? new SchedulerError(code as SchedulerError['code'], message)
    : Object.assign(new Error(message), { code });
}
