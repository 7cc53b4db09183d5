import { builtInNames } from '../../contract/built-in/built-ins.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../command.ts';
import { required, text } from '../option.ts';
import { jsonObject } from '../values/json-parameters.ts';

export const runCommand = defineCommand({
  name: 'run',
  summary: 'Call a tool once, without a task.',
  description:
    'The tools of our own MCP server (schedule:create, schedule:list, …) run in this process; no server is started.',
  // By hand, the tools of our own server act as the person who calls them.
  byPerson: async (raw, environment) => {
    const tool = raw.get('tool')?.at(-1) ?? '';
    return isOwn(tool) && (await (await environment.agentSide()).isByPerson(tool)) ? `run ${tool}` : null;
  },
  positionals: {
    tool: required(
      text(`SERVER:TOOL, for example ${builtInNames.join(', ')}, schedule:list or filesystem:list_directory.`, 'TOOL'),
    ),
  },
  options: {
    params: jsonObject("The tool's parameters as a JSON object. @FILE reads it from a file, - from standard input."),
  },
  answers: "the tool's result.",
  examples: [
    { line: `run schedule:list --params '{"status":"active"}'`, does: 'list active tasks' },
    {
      line: `run filesystem:list_directory --params '{"path":"/tmp"}'`,
      does: 'call a tool of a configured MCP server',
    },
  ],
  run: async (context, { tool, params }) => {
    const done = context.progress(`Calling ${tool}`);
    try {
      return await callTool(context, tool, params ?? {});
    } finally {
      done();
    }
  },
  text: (result) => JSON.stringify(result, null, 2),
});

const isOwn = (tool: string): boolean => tool.startsWith('schedule:');

async function callTool(
  context: CommandContext,
  tool: string,
  parameters: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  if (isOwn(tool)) {
    const agentSide = await context.environment.agentSide();
    return agentSide.callOwnTool(tool, parameters, context.application);
  }
  const result = await (await context.application()).callTool(tool, parameters);
  return typeof result === 'object' && result !== null && !Array.isArray(result) ? { ...result } : { result };
}
