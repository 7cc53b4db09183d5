import { isBuiltIn, isMcpTool } from '../../contract/built-in/built-ins.ts';
import type { BuiltInToolName } from '../../contract/built-in/built-ins.ts';
import { runAgent } from './agent/run-agent.ts';
import { runHttp } from './http/http.ts';
import { runShell } from './shell.ts';
import type { Runner } from './runner.ts';

export const builtInRunners = {
  'shell:run': runShell,
  'http:request': runHttp,
  'agent:run': runAgent,
} as const satisfies Readonly<Record<BuiltInToolName, Runner>>;

/**
 * Returns the runner of a tool. Loads the MCP client only when needed: it is fifty times larger than all the rest.
 */
export async function runnerOf(tool: string): Promise<Runner> {
  if (isBuiltIn(tool)) return builtInRunners[tool];
  return (await import('./mcp/run-mcp.ts')).runMcp;
}

/** Loads and tries what tools of MCP servers need, so that a run starts at once. Does nothing for other tools. */
export async function prepareFor(tool: string): Promise<void> {
  if (isMcpTool(tool)) await (await import('./mcp/rehearsal.ts')).rehearseMcp();
}
