import { defineCommand } from '../command.ts';
import { required, text } from '../option.ts';
import { describeClient } from '../text/describe-client.ts';
import { blocks } from '../text/describe-task.ts';

export const clientsRevokeCommand = defineCommand({
  name: 'clients revoke',
  summary: 'Bar an MCP client (an agent): it may not even look, and what it proposed is rejected.',
  description: 'Its tasks stay: `list` shows them, createdBy names it. `clients set … --permission` lets it in again.',
  positionals: { client: required(text('Name of the client, as `clients list` shows it.', 'CLIENT')) },
  options: {},
  answers: 'client, rejected (how many changes waited).',
  examples: [{ line: 'clients revoke claude-code', does: 'every call of it is refused from now on' }],
  run: async (context, { client }) => (await (await context.application()).agents()).revoke(client, 'cli'),
  text: ({ client, rejected }, view) =>
    blocks(describeClient(client, view), rejected === 0 ? '' : `Rejected ${rejected} changes that waited.`),
});
