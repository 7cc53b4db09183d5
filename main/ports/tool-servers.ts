import type { McpServer } from '../contract/settings.ts';

export interface ServerTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: Record<string, unknown>;
}

interface ServerAnswer {
  readonly content: readonly ({ readonly type: string } & Record<string, unknown>)[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean | undefined;
}

/** An open session with an MCP server. */
export interface ToolSession {
  /** Name and version as the server gave them. */
  readonly server: { readonly name: string; readonly version: string } | null;
  /** @throws SchedulerError of group `mcp`. */
  listTools(): Promise<readonly ServerTool[]>;
  /** @throws SchedulerError of group `mcp`. */
  callTool(name: string, parameters: Readonly<Record<string, unknown>>): Promise<ServerAnswer>;
  /** Ends the session and the server it started. Never rejects. */
  close(): Promise<void>;
}

/** The access token of a server that a person has signed in to. */
export interface AccessToken {
  readonly value: string;
  /** Returns another, after the server rejected the last. @throws SchedulerError `mcp/sign-in-expired`, `mcp/unreachable` */
  other(): Promise<string>;
}

/** Connects to configured MCP servers outside a run: to list tools, and to call one once. */
export interface ToolServers {
  /**
   * @param server with its variables and secrets inserted
   * @param stop ends the attempt to connect, and every call of the session
   * @throws SchedulerError of group `mcp`; the server is gone by then.
   */
  connect(
    name: string,
    server: McpServer,
    env: Readonly<Record<string, string>>,
    stop: AbortSignal,
    token: AccessToken | null,
  ): Promise<ToolSession>;
}
