import { Client, SdkError, SdkErrorCode } from '@modelcontextprotocol/client';
import { minuteMs } from '../../../domain/durations.ts';
import { McpConnection } from './connection.ts';
import { connectFailure } from './failures.ts';
import { progressOf, requestOf } from './server-messages.ts';
import { McpTrace } from './trace.ts';
import type { ServerToken } from './trace.ts';
import { mayBeOlder, transportsOf } from './transports.ts';
import type { Transport } from '@modelcontextprotocol/client';
import type { OwnProcessTree } from '../../../adapters/process/process-tree.ts';
import type { McpServer } from '../../../contract/settings.ts';
import type { ServerLink } from '../runner.ts';
import type { TransportMaker } from './transports.ts';

/** Time a server has to start and send its first answer. The first `npx` of a package has to download it. */
const CONNECT_TIMEOUT_MS = minuteMs;

export interface McpOptions {
  /** The server's name in the configuration, for messages. */
  readonly name: string;
  /** Environment of a stdio server; the server's own `env` overrides it. Over HTTP: names the proxy and certificates. */
  readonly env: Readonly<Record<string, string>>;
  /** Folder in which a stdio server starts, unless its configuration names one. */
  readonly cwd: string | null;
  /** Marks the server's processes. */
  readonly executionId: string;
  /** Finds the server's processes. @default a tree for this connection alone */
  readonly tree?: OwnProcessTree;
  /** Leads to a server over stdio that is kept for several runs. @default the server is started for this connection */
  readonly kept?: ServerLink;
  /** Time to start and send the first answer, in ms. @default 60000 */
  readonly connectTimeoutMs?: number;
  /** Ends the attempt to connect, and every call. */
  readonly signal?: AbortSignal;
  /** Shows an HTTP server that the person has signed in. @default none */
  readonly token?: ServerToken | null;
  /** Receives what a stdio server writes to stderr. */
  readonly onStderr?: (chunk: Buffer) => void;
  /**
   * Receives other lines for the log: invalid lines on stdout, log messages, progress and refused requests of the
   * server.
   */
  readonly onRemark?: (text: string) => void;
}

/**
 * Connects to a configured MCP server with the official SDK, over stdio, streamable HTTP or HTTP+SSE.
 * @throws SchedulerError of group `mcp` that says what happened and what to do; the server has then been ended.
 */
export async function connectMcp(server: McpServer, options: McpOptions): Promise<McpConnection> {
  const [first, older] = transportsOf(server);
  const opened = await opening(first, server, options);
  if (opened instanceof McpConnection) return opened;
  if (older === undefined || !mayBeOlder(opened.error)) throw opened.failure;
  const second = await opening(older, server, options);
  if (!(second instanceof McpConnection)) throw opened.failure;
  options.onRemark?.('The server does not speak streamable HTTP; it is called over HTTP+SSE, which came before.');
  return second;
}

interface Refused {
  readonly error: unknown;
  readonly failure: Error;
}

async function opening(make: TransportMaker, server: McpServer, options: McpOptions): Promise<McpConnection | Refused> {
  const trace = new McpTrace(options.name, server, options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS);
  trace.signedIn = options.token != null;
  const transport = make(trace, options);
  trace.transport = transport;
  watchMessages(transport, trace, options);
  const client = new Client({ name: 'ncp-scheduler', version: '1' }, { capabilities: {} });
  client.setNotificationHandler('notifications/message', ({ params }) => {
    options.onRemark?.(`The server says (${params.level}): ${asText(params.data)}`);
  });
  const connection = new McpConnection(client, transport, trace, options);
  const limit = openingLimit(trace.connectTimeoutMs, options.signal);
  try {
    const limits = { timeout: trace.connectTimeoutMs, ...(options.signal ? { signal: options.signal } : {}) };
    await trace.loss.during(Promise.race([client.connect(transport, limits), limit.reached]));
    return connection;
  } catch (error) {
    // Before closing: a server that ends because it is closed must not count as one that ended by itself.
    const failure = connectFailure(error, trace);
    await connection.close();
    return { error, failure };
  } finally {
    limit.cancel();
  }
}

/** Limits the whole opening: the SDK limits the first request, but not the wait for a stream to open before it. */
function openingLimit(timeoutMs: number, signal: AbortSignal | undefined) {
  let reject: (reason: Error) => void = () => undefined;
  const reached = new Promise<never>((_resolve, refuse) => (reject = refuse));
  reached.catch(() => undefined);
  const end = (): void => reject(new SdkError(SdkErrorCode.RequestTimeout, 'Request timed out'));
  const timer = setTimeout(end, timeoutMs);
  signal?.addEventListener('abort', end, { once: true });
  const cancel = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  };
  return { reached, cancel };
}

/**
 * Reports progress, and requests of the server, which the client refuses: a server may wait for the answer forever. The SDK
 * would drop progress that arrives in one piece with the answer.
 */
function watchMessages(transport: Transport, trace: McpTrace, options: McpOptions): void {
  const before = transport.onmessage;
  transport.onmessage = (message, extra) => {
    before?.(message, extra);
    const progress = progressOf(message);
    if (progress !== null) options.onRemark?.(progress);
    const asked = requestOf(message);
    if (asked === null) return;
    trace.asked = asked;
    options.onRemark?.(`The server asked for ${asked}. This was refused, because a run has nobody who could answer.`);
  };
}

function asText(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data);
}
