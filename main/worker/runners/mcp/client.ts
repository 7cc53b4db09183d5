import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { processTree } from '../../../adapters/process/process-tree.ts';
import { minuteMs } from '../../../domain/durations.ts';
import { callFailure, connectFailure } from './failures.ts';
import { Network } from '../network/network.ts';
import { StdioTransport } from './stdio-transport.ts';
import type { Progress, Transport } from '@modelcontextprotocol/client';
import type { OwnProcessTree } from '../../../adapters/process/process-tree.ts';
import type { McpServer } from '../../../contract/settings.ts';

/** Time a server has to start and send its first answer. The first `npx` of a package has to download it. */
const CONNECT_TIMEOUT_MS = minuteMs;
/**
 * Calls have no limit of their own, because the execution has a deadline. This is the longest delay of a timer, 24
 * days.
 */
const NO_LIMIT_MS = 2 ** 31 - 1;
const GOODBYE_MS = 2000;
const LAST_WORDS_BYTES = 2000;
const MAX_PAGES = 100;

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
  /** Time to start and send the first answer, in ms. @default 60000 */
  readonly connectTimeoutMs?: number;
  /** Ends the attempt to connect, and every call. */
  readonly signal?: AbortSignal;
  /** Receives what a stdio server writes to stderr. */
  readonly onStderr?: (chunk: Buffer) => void;
  /** Receives other lines for the log: invalid lines on stdout, log messages and progress of the server. */
  readonly onRemark?: (text: string) => void;
}

interface McpTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: Record<string, unknown>;
}

/** A tool's answer as defined by the protocol. */
export interface McpAnswer {
  readonly content: readonly ({ readonly type: string } & Record<string, unknown>)[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean | undefined;
}

/** What is known of a connection when it fails. */
export interface McpTrace {
  readonly name: string;
  readonly server: McpServer;
  readonly transport: Transport;
  /** Sends the requests to an HTTP server; null over stdio. */
  readonly network: Network | null;
  readonly connectTimeoutMs: number;
  /** The end of the server's stderr output. */
  lastWords: string;
  /** The first line on stdout that was not a message. */
  garbage: string | null;
}

export interface McpConnection {
  /** Name and version as the server gave them. */
  readonly server: { readonly name: string; readonly version: string } | null;
  /** @throws SchedulerError of group `mcp`. */
  listTools(): Promise<McpTool[]>;
  /** @throws SchedulerError of group `mcp`; `mcp/unknown-tool` and `mcp/bad-parameters` if the server reported them. */
  callTool(name: string, parameters: Readonly<Record<string, unknown>>): Promise<McpAnswer>;
  /** Ends the session and, over stdio, the server with everything in its process group. Never throws. */
  close(): Promise<void>;
}

/**
 * Connects to a configured MCP server with the official SDK, over stdio or streamable HTTP.
 * @throws SchedulerError of group `mcp` that says what happened and what to do; the server has then been ended.
 */
export async function connectMcp(server: McpServer, options: McpOptions): Promise<McpConnection> {
  const trace = traceOf(server, options);
  const client = new Client({ name: 'ncp-scheduler', version: '1' }, { capabilities: {} });
  client.setNotificationHandler('notifications/message', ({ params }) => {
    options.onRemark?.(`The server says (${params.level}): ${asText(params.data)}`);
  });
  const connection = new Connection(client, trace, options);
  try {
    const limits = { timeout: trace.connectTimeoutMs, ...(options.signal ? { signal: options.signal } : {}) };
    await client.connect(trace.transport, limits);
    return connection;
  } catch (error) {
    await connection.close();
    throw connectFailure(error, trace);
  }
}

function traceOf(server: McpServer, options: McpOptions): McpTrace {
  const isHttp = 'url' in server && typeof server.url === 'string';
  const network = isHttp
    ? new Network({ env: options.env, onRemark: (sentence) => options.onRemark?.(sentence) })
    : null;
  const trace: McpTrace = {
    name: options.name,
    server,
    transport: network === null ? stdio() : httpTransport(server, network),
    network,
    connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    lastWords: '',
    garbage: null,
  };
  return trace;

  function stdio(): Transport {
    const { command, args = [], env = {}, cwd } = server as Extract<McpServer, { command: string }>;
    return new StdioTransport(
      {
        file: command,
        args,
        cwd: cwd ?? options.cwd,
        env: { ...options.env, ...env },
        execution: { executionId: options.executionId, tree: options.tree ?? processTree(true) },
      },
      {
        inHurry: () => options.signal?.aborted ?? false,
        onStderr: (chunk) => {
          trace.lastWords = (trace.lastWords + chunk.toString('utf8')).slice(-LAST_WORDS_BYTES);
          options.onStderr?.(chunk);
        },
        onGarbage: (line) => {
          trace.garbage ??= line.slice(0, 200);
          options.onRemark?.(`Not an MCP message, on stdout: ${line.slice(0, 2000)}`);
        },
      },
    );
  }
}

function httpTransport(server: McpServer, network: Network): Transport {
  const { url, headers = {} } = server as Extract<McpServer, { url: string }>;
  return new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers }, fetch: network.fetch });
}

class Connection implements McpConnection {
  readonly #client: Client;
  readonly #trace: McpTrace;
  readonly #options: McpOptions;

  constructor(client: Client, trace: McpTrace, options: McpOptions) {
    this.#client = client;
    this.#trace = trace;
    this.#options = options;
  }

  get server(): { readonly name: string; readonly version: string } | null {
    const { name, version } = this.#client.getServerVersion() ?? {};
    return name === undefined || version === undefined ? null : { name, version };
  }

  async listTools(): Promise<McpTool[]> {
    const tools: McpTool[] = [];
    let cursor: string | undefined;
    try {
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await this.#client.listTools(cursor === undefined ? {} : { cursor }, this.#limits());
        tools.push(
          ...answer.tools.map(({ name, title, description, inputSchema }) => ({
            name,
            title,
            description,
            inputSchema,
          })),
        );
        cursor = answer.nextCursor;
        if (cursor === undefined) break;
      }
      return tools;
    } catch (error) {
      throw callFailure(error, this.#trace, 'tools/list');
    }
  }

  async callTool(name: string, parameters: Readonly<Record<string, unknown>>): Promise<McpAnswer> {
    try {
      const onprogress = ({ progress, total, message }: Progress) =>
        this.#options.onRemark?.(
          `Progress: ${progress}${total === undefined ? '' : ` of ${total}`} ${message ?? ''}`.trimEnd(),
        );
      const answer = await this.#client.callTool(
        { name, arguments: { ...parameters } },
        { ...this.#limits(), onprogress },
      );
      return answer;
    } catch (error) {
      throw callFailure(error, this.#trace, name);
    }
  }

  async close(): Promise<void> {
    const { transport } = this.#trace;
    const problems = (error: unknown) => this.#options.onRemark?.(`Closing the connection: ${String(error)}`);
    if (transport instanceof StreamableHTTPClientTransport && transport.sessionId !== undefined) {
      const goodbye = new Promise<void>((resolve) => void setTimeout(resolve, GOODBYE_MS).unref());
      await Promise.race([transport.terminateSession().catch(problems), goodbye]);
    }
    await this.#client.close().catch(problems);
    await transport.close().catch(problems);
    await this.#trace.network?.close();
  }

  #limits(): { timeout: number; signal?: AbortSignal } {
    const { signal } = this.#options;
    return { timeout: NO_LIMIT_MS, ...(signal ? { signal } : {}) };
  }
}

function asText(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data);
}
