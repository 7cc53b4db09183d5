import { defineCommand } from '../command.ts';
import { flag, text } from '../option.ts';
import { blocks } from '../text/describe-task.ts';

export const toolsCommand = defineCommand({
  name: 'tools',
  summary: 'List the tools a task can run: built in, and of the configured MCP servers.',
  description:
    'What a server answered is remembered in tools.json and asked anew by itself after an hour, so that saving a task does not wait for it.',
  positionals: { server: text('Only the tools of this server.', 'SERVER') },
  options: { refresh: flag('Ask the servers now.') },
  answers:
    'tools: tool, title, description, inputSchema (JSON Schema); unavailable: server and message of each that could not be asked.',
  examples: [
    { line: 'tools', does: 'what --tool of create takes' },
    { line: 'tools shell --json', does: 'with the JSON schema of their parameters' },
  ],
  run: async (context, { server, refresh }) => {
    const done = context.progress('Asking the MCP servers');
    try {
      const catalog = await (await context.application()).catalog();
      return await catalog.list({ fresh: refresh, ...(server === undefined ? {} : { server }) });
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
            title: 'DOES',
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
