import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import { required, text } from '../option.ts';
import { jsonObject } from '../values/json-parameters.ts';

export const runCommand = defineCommand({
  name: 'run',
  summary: 'Call a tool once, without a task.',
  description:
    'The tools of our own MCP server (schedule:create, schedule:list, …) are served here, without starting it.',
  positionals: {
    tool: required(text('SERVER:TOOL: shell:run, http:request, schedule:list, filesystem:list_directory.', 'TOOL')),
  },
  options: { params: jsonObject("The tool's parameters, as a JSON object; @FILE or - (standard input) reads it.") },
  answers: "the tool's result.",
  examples: [
    { line: `run schedule:list --params '{"status":"active"}'`, does: 'active tasks' },
    { line: `run filesystem:list_directory --params '{"path":"/tmp"}'`, does: 'a tool of a configured MCP server' },
  ],
  run: async (context, { tool, params }) => {
    const application = await context.application();
    const done = context.progress(`Calling ${tool}`);
    try {
      return asObject(await application.callTool(tool, params ?? {}));
    } finally {
      done();
    }
  },
  text: (result) => JSON.stringify(result, null, 2),
});

function asObject(result: unknown): Record<string, unknown> {
  if (typeof result === 'object' && result !== null && !Array.isArray(result)) return { ...result };
  if (result === undefined) throw new SchedulerError('mcp/no-answer', 'The tool answered nothing.');
  return { result };
}
