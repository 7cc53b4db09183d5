import type { Tool } from '../contract/ipc.ts';

/** Built-in tools and those of the configured MCP servers. */
export interface ToolCatalog {
  list(): Promise<{ tools: Tool[]; unavailable: { server: string; message: string }[] }>;
  /** Null: the server answered and has no such tool. @throws SchedulerError `mcp/unknown-server`, `mcp/unreachable`. */
  find(tool: string): Promise<Tool | null>;
  /** Problems of these parameters against the tool's JSON schema, each naming the field. Empty: they fit. */
  check(tool: Tool, parameters: Readonly<Record<string, unknown>>): string[];
}
