import type { Transport } from '@modelcontextprotocol/client';
import type { McpServer } from '../../../contract/settings.ts';
import type { Network } from '../network/network.ts';
import { ConnectionLoss } from './connection-loss.ts';

export type StdioServer = Extract<McpServer, { command: string }>;
export type HttpServer = Extract<McpServer, { url: string }>;

const LAST_WORDS_BYTES = 4000;

/** The access token of a server that a person has signed in to. */
export interface ServerToken {
  readonly value: string;
  /** Returns another, after the server rejected the last. @throws SchedulerError `mcp/sign-in-expired`, `mcp/unreachable` */
  other(): Promise<string>;
}

/** What is known of a connection when it fails. */
export class McpTrace {
  readonly name: string;
  readonly server: McpServer;
  readonly connectTimeoutMs: number;
  readonly loss = new ConnectionLoss();
  transport: Transport | null = null;
  /** Sends the requests to an HTTP server; null over stdio. */
  network: Network | null = null;
  /** The end of the server's stderr output. */
  lastWords = '';
  /** The first line on stdout that was not a message. */
  garbage: string | null = null;
  /** The server answered 401 and named where to sign in. */
  wantsSignIn = false;
  /** What the server last asked the client for, after "The server asked for"; null if it asked for nothing. */
  asked: string | null = null;
  /** The requests show that the person has signed in. */
  signedIn = false;

  constructor(name: string, server: McpServer, connectTimeoutMs: number) {
    this.name = name;
    this.server = server;
    this.connectTimeoutMs = connectTimeoutMs;
  }

  heard(chunk: Buffer): void {
    // Of a flood, only the end is decoded.
    this.lastWords = (this.lastWords + chunk.subarray(-LAST_WORDS_BYTES).toString('utf8')).slice(-LAST_WORDS_BYTES);
  }
}

export const isHttp = (server: McpServer): server is HttpServer => 'url' in server && typeof server.url === 'string';
