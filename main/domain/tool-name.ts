/** True for `server:tool` of an MCP server; false for the names kept for built-in tools, `shell:…` and `http:…`. */
export function isMcpTool(tool: string): boolean {
  return !tool.startsWith('shell:') && !tool.startsWith('http:');
}
