import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { callFailure } from './failures.ts';
import { listedTools, listPage } from './tool-list.ts';
import type { Client, Transport } from '@modelcontextprotocol/client';
import type { McpOptions } from './client.ts';
import type { ListedTool } from './tool-list.ts';
import type { McpTrace } from './trace.ts';

/**
 * Calls have no limit of their own, because the execution has a deadline. This is the longest delay of a timer, 24
 * days.
 */
const NO_LIMIT_MS = 2 ** 31 - 1;
const GOODBYE_MS = 2000;
const MAX_PAGES = 100;

/** A tool's answer as defined by the protocol. */
export interface McpAnswer {
  readonly content: readonly ({ readonly type: string } & Record<string, unknown>)[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean | undefined;
}

/** An open connection to an MCP server. */
export class McpConnection {
  readonly #client: Client;
  readonly #transport: Transport;
  readonly #trace: McpTrace;
  readonly #options: McpOptions;

  constructor(client: Client, transport: Transport, trace: McpTrace, options: McpOptions) {
    this.#client = client;
    this.#transport = transport;
    this.#trace = trace;
    this.#options = options;
  }

  /** Name and version as the server gave them. */
  get server(): { readonly name: string; readonly version: string } | null {
    const { name, version } = this.#client.getServerVersion() ?? {};
    return name === undefined || version === undefined ? null : { name, version };
  }

  /** What the server last asked the client for, to be read after "asked for"; null if it asked for nothing. */
  get asked(): string | null {
    return this.#trace.asked;
  }

  /** @throws SchedulerError of group `mcp`. */
  async listTools(): Promise<ListedTool[]> {
    const tools: ListedTool[] = [];
    if (this.#client.getServerCapabilities()?.tools === undefined) return tools;
    let cursor: string | undefined;
    try {
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await this.#trace.loss.during(listPage(this.#client, cursor, this.#limits()));
        tools.push(...listedTools(answer.tools, (remark) => this.#options.onRemark?.(remark)));
        cursor = answer.nextCursor;
        if (cursor === undefined) break;
      }
      return tools;
    } catch (error) {
      throw callFailure(error, this.#trace, 'tools/list');
    }
  }

  /** @throws SchedulerError of group `mcp`; `mcp/unknown-tool` and `mcp/bad-parameters` if the server reported them. */
  async callTool(name: string, parameters: Readonly<Record<string, unknown>>): Promise<McpAnswer> {
    try {
      // Asks the server for progress, which is reported as it arrives: see `watchMessages`.
      const onprogress = (): void => undefined;
      const call = this.#client.callTool({ name, arguments: { ...parameters } }, { ...this.#limits(), onprogress });
      return await this.#trace.loss.during(call);
    } catch (error) {
      throw callFailure(error, this.#trace, name);
    }
  }

  /** Ends the session and, over stdio, the server with everything in its process group. Never throws. */
  async close(): Promise<void> {
    const transport = this.#transport;
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
