import { defineCommand } from '../command.ts';
import { flag, text } from '../option.ts';
import { stoppedError } from '../stopped.ts';
import { blocks } from '../text/describe-task.ts';

export const toolsCommand = defineCommand({
  name: 'tools',
  summary: 'List the tools that a task can run: built-in ones, and those of the configured MCP servers.',
  description:
    'The list of each server is cached in tools.json for an hour, so that saving a task does not wait for the server.',
  positionals: { server: text('Only the tools of this server.', 'SERVER') },
  options: { refresh: flag('Ask the servers now instead of using the cache.') },
  answers:
    'tools: tool, title, description, inputSchema (JSON Schema); unavailable: server and message of each server that could not be reached.',
  examples: [
    { line: 'tools', does: 'list the values that `create --tool` accepts' },
    { line: 'tools shell --json', does: 'show the JSON schemas of the parameters' },
  ],
  run: async (context, { server, refresh }) => {
    const done = context.progress('Asking the MCP servers');
    try {
      const catalog = await (await context.application()).catalog();
      const found = await catalog.list({ fresh: refresh, ...(server === undefined ? {} : { server }) });
      // Otherwise the servers that were not asked any more would look like servers that do not answer.
      if (context.environment.stop.aborted) throw stoppedError();
      return found;
    } finally {
      done();
    }
  },
  text: async ({ tools, unavailable }, view) =>
    blocks(
      await view.table(
        tools,
        [
          { title: 'TOOL', cell: ({ tool }) => view.plain(tool), whole: true },
          {
            title: 'DESCRIPTION',
            cell: ({ title, description }) => view.plain(description === '' ? title : firstLine(description)),
          },
        ],
        'No tools.',
      ),
      ...unavailable.map(
        ({ server, message }) => `${view.style('yellow', 'Note:')} ${view.plain(`${server}: ${message}`)}`,
      ),
    ),
});

function firstLine(description: string): string {
  const [line = ''] = description.split('\n', 1);
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
