import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const serversEndCommand = defineCommand({
  name: 'servers end',
  byPerson: true,
  summary: 'End a kept MCP server now. Runs that use it fail; the next run starts it again.',
  positionals: { name: required(text('Name of the server.', 'SERVER')) },
  options: {},
  answers: 'server, kept (the servers that are left, as in `servers kept`).',
  examples: [{ line: 'servers end files', does: 'end the server, for example after an update of its program' }],
  run: async (context, { name }) => {
    const { kept } = await (await (await context.application()).keptServers()).end(name);
    return { server: name, kept };
  },
  text: ({ server }, view) => `Ended ${view.plain(server)}. The next run that needs it starts it again.`,
});
