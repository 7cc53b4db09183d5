import { serializeMessage } from '@modelcontextprotocol/client';
import { ServerProgram } from '../../../servers/server-program.ts';
import { readLine } from './message-line.ts';
import { ProgramTransport } from './program-transport.ts';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import type { ProgramEnd, ServerCommand } from '../../../servers/server-program.ts';
import type { TransportEvents } from './program-transport.ts';

export interface StdioEvents extends TransportEvents {
  /** Returns true once the execution was cancelled: the server then gets no time to end by itself. */
  inHurry(): boolean;
}

/**
 * MCP over the stdin and stdout of a program of its own. Unlike the SDK's transport it starts the server in its own
 * process group, keeps the exit code, reports lines that are not messages instead of dropping them, and ends the whole
 * group.
 */
export class StdioTransport extends ProgramTransport {
  readonly #program: ServerProgram;

  constructor(command: ServerCommand, events: StdioEvents) {
    super();
    this.#program = new ServerProgram(command, {
      inHurry: () => events.inHurry(),
      onLine: (text) =>
        readLine(text, {
          onMessage: (message) => this.onmessage?.(message),
          onGarbage: (line) => events.onGarbage(line),
        }),
      onStderr: (chunk) => events.onStderr(chunk),
      onTooLarge: () => events.onTooLarge(),
      onError: (error) => this.onerror?.(error),
      onClosed: () => this.closed(),
    });
  }

  get ended(): ProgramEnd | null {
    return this.#program.ended;
  }

  start(): Promise<void> {
    return this.#program.start();
  }

  send(message: JSONRPCMessage): Promise<void> {
    return this.#program.write(serializeMessage(message));
  }

  close(): Promise<void> {
    return this.#program.close();
  }
}
