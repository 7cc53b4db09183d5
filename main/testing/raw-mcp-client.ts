import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import type { AgentPermission } from '../contract/agents.ts';
import { serveMcp } from '../mcp-server/serve-mcp.ts';
import type { MemoryApplication } from './memory-application.ts';

export interface RpcAnswer {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** A client that writes lines of its own, for what no SDK would send. */
export interface RawClient {
  /** Sends a line, and resolves with the next line of the server. */
  ask(line: unknown): Promise<RpcAnswer | RpcAnswer[]>;
  send(line: unknown): void;
  /** Resolves with the next line of the server. */
  next(): Promise<RpcAnswer | RpcAnswer[]>;
  close(): Promise<void>;
}

/**
 * Connects to our server in this process with lines of JSON, after a handshake with this version of the protocol.
 * @param options.version null for no handshake, which versions from 2026-07-28 on do not have
 */
export async function rawClient(
  application: MemoryApplication,
  options: {
    readonly version?: string | null;
    readonly permission?: AgentPermission;
    readonly readOnly?: boolean;
  } = {},
): Promise<RawClient & { readonly handshake: RpcAnswer }> {
  const { version = '2025-11-25', permission, readOnly = false } = options;
  const [stdin, stdout, stop] = [new PassThrough(), new PassThrough(), new AbortController()];
  if (permission !== undefined) (await application.agents()).clients.change('raw', { permission }, 'test');
  const served = serveMcp({
    ...{ application: () => Promise.resolve(application), version: '1.2.3', readOnly, stdin, stdout },
    ...{ stop: stop.signal, onProblem: () => undefined },
  });
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<RpcAnswer | RpcAnswer[]> => {
    const { value } = (await lines.next()) as { value: string };
    return JSON.parse(value) as RpcAnswer | RpcAnswer[];
  };
  const send = (line: unknown): void => {
    stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  };
  const ask = (line: unknown): Promise<RpcAnswer | RpcAnswer[]> => {
    send(line);
    return next();
  };
  const params = { protocolVersion: version, capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  const hello = { jsonrpc: '2.0', id: 0, method: 'initialize', params };
  const handshake = version === null ? {} : ((await ask(hello)) as RpcAnswer);
  if (version !== null) send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const close = async (): Promise<void> => {
    stop.abort();
    await served;
  };
  return { handshake, ask, send, next, close };
}
