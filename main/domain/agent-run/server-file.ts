/** Returns the path of the file with the MCP servers that a run gives its agent, beside the log of the run. */
export function serverFileOf(logPath: string): string {
  return `${logPath}.servers.json`;
}
