import type { Tool } from '../../contract/tool.ts';

/** Built-in tools and those of the configured MCP servers. */
export interface ToolCatalog {
  /**
   * @param options.fresh asks every server, whatever is remembered
   * @param options.server only the tools of this one
   * @throws SchedulerError `mcp/unknown-server` for a `server` that is neither built in nor configured.
   */
  list(options?: {
    readonly fresh?: boolean;
    readonly server?: string;
  }): Promise<{ tools: Tool[]; unavailable: { server: string; message: string }[] }>;
  /**
   * Null: the server answered and has no such tool. What a server answered before is remembered, and may be older than
   * the server; `fresh` asks it now.
   * @throws SchedulerError `mcp/unknown-server`, and of group `mcp` where it cannot be reached.
   */
  find(tool: string, options?: { readonly fresh?: boolean }): Promise<Tool | null>;
  /** Problems of these parameters against the tool's JSON schema, each naming the field. Empty: they fit. */
  check(tool: Tool, parameters: Readonly<Record<string, unknown>>): string[];
}
