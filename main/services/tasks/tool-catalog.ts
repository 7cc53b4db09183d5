import type { Tool } from '../../contract/tool.ts';

/** The built-in tools and those of the configured MCP servers. */
export interface ToolCatalog {
  /**
   * Returns the tools.
   * @param options.fresh asks every server and ignores remembered answers
   * @param options.server limits the list to this server
   * @throws SchedulerError `mcp/unknown-server` for a `server` that is neither built in nor configured.
   */
  list(options?: {
    readonly fresh?: boolean;
    readonly server?: string;
  }): Promise<{ tools: Tool[]; unavailable: { server: string; message: string }[] }>;
  /**
   * Returns a tool, or null if the server answered and does not have it. Uses a remembered answer, which may be
   * outdated; `fresh` asks the server now.
   * @throws SchedulerError `mcp/unknown-server`, and of group `mcp` if the server cannot be reached.
   */
  find(tool: string, options?: { readonly fresh?: boolean }): Promise<Tool | null>;
  /**
   * Returns the problems of these parameters against the tool's JSON schema, each naming the field; empty if they fit.
   */
  check(tool: Tool, parameters: Readonly<Record<string, unknown>>): string[];
}
