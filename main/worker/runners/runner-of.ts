import { SchedulerError } from '../../domain/errors.ts';
import { isMcpTool } from '../../domain/tool-name.ts';
import { runHttp } from './http.ts';
import { runShell } from './shell.ts';
import type { Runner } from './runner.ts';

/**
 * The runner of a tool. The MCP client is loaded when needed: it is fifty times larger than all the rest.
 * @throws SchedulerError `execution/unknown-tool`
 */
export async function runnerOf(tool: string): Promise<Runner> {
  if (tool === 'shell:run') return runShell;
  if (tool === 'http:request') return runHttp;
  if (!isMcpTool(tool)) throw unknownBuiltIn(tool);
  return (await import('./mcp.ts')).runMcp;
}

function unknownBuiltIn(tool: string): SchedulerError {
  return new SchedulerError(
    'execution/unknown-tool',
    `There is no tool ${tool}. Built in are shell:run and http:request.`,
  );
}

/** Loads and tries what the tools of MCP servers need, so that a run of one starts at once. For others nothing is slow. */
export async function prepareFor(tool: string): Promise<void> {
  if (isMcpTool(tool)) await (await import('./mcp-rehearsal.ts')).rehearseMcp();
}
