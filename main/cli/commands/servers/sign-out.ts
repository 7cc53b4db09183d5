import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const serversSignOutCommand = defineCommand({
  name: 'servers sign-out',
  byPerson: true,
  summary: 'Remove your sign-in to an MCP server, and inform the service. Tasks that use it fail from then on.',
  positionals: { name: required(text('Name of the server.', 'SERVER')) },
  options: {},
  answers: 'server, note (why the service was not informed, or null).',
  examples: [{ line: 'servers sign-out linear', does: 'remove the sign-in to this server' }],
  run: async (context, { name }) => {
    const { note } = await (await (await context.application()).signIns()).signOut(name);
    return { server: name, note };
  },
  text: ({ server, note }, view) => {
    const line = `Signed out of ${view.plain(server)}.`;
    return note === null ? line : `${line}\n${view.style('yellow', 'Note:')} ${view.plain(note)}`;
  },
});
