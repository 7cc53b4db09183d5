import type { AgentSide } from '../application/agent-side.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { OwnTool } from './own-tool.ts';

/** Our MCP server, for the composition root. The SDK is loaded only when it serves. */
export const agentSide: AgentSide = {
  serve: async (options) => (await import('./serve-mcp.ts')).serveMcp(options),
  serveHttp: async (options) => (await import('./connection/http-agents.ts')).serveHttpAgents(options),
  isByPerson: async (tool) => (await toolNamed(tool))?.byPerson ?? false,
  callOwnTool: async (tool, parameters, application) => {
    const { ownServer, ownTools } = await import('./tool-table.ts');
    const own = await toolNamed(tool);
    if (own !== undefined) return (await own.call(parameters, { application, client: null })).structured;
    const known = ownTools.map(({ name }) => `${ownServer}:${name}`);
    throw new SchedulerError('mcp/unknown-tool', `There is no tool ${tool}. The tools are ${known.join(', ')}.`, {
      tool,
      known,
    });
  },
};

async function toolNamed(tool: string): Promise<OwnTool | undefined> {
  const { ownServer, ownTools } = await import('./tool-table.ts');
  return ownTools.find(({ name }) => tool === `${ownServer}:${name}`);
}
