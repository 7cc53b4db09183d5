import type { Transport } from '@modelcontextprotocol/client';
import type { ProgramEnd } from '../../../servers/server-program.ts';

/** What a transport over a program's stdin and stdout reports besides messages. */
export interface TransportEvents {
  onStderr(chunk: Buffer): void;
  /** Receives a line on stdout that is not a JSON-RPC message. */
  onGarbage(line: string): void;
  /** A message is larger than `largestMessageBytes`. Nothing more is read. */
  onTooLarge(): void;
}

/** MCP over the stdin and stdout of a program. */
export abstract class ProgramTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];

  /** How the server ended; null while it runs. */
  abstract get ended(): ProgramEnd | null;
  abstract start(): Promise<void>;
  abstract send(message: Parameters<Transport['send']>[0]): Promise<void>;
  abstract close(): Promise<void>;

  /** Reports the end of the connection, once. */
  protected closed(): void {
    const told = this.onclose;
    delete this.onclose;
    told?.();
  }
}
