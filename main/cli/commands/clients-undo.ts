import { defineCommand } from '../command.ts';
import { required, text } from '../option.ts';
import { describeChanges } from '../text/describe-change.ts';
import { blocks } from '../text/describe-task.ts';

export const clientsUndoCommand = defineCommand({
  name: 'clients undo',
  summary: 'Take back all that an MCP client (an agent) changed and that still stands.',
  description:
    'What somebody changed after it stays, and is named. It is a change itself: `undo` brings everything back.',
  positionals: { client: required(text('Name of the client, as `clients list` shows it.', 'CLIENT')) },
  options: {},
  answers: 'undone, changes, refused: as `undo`.',
  examples: [{ line: 'clients undo claude-code', does: 'the tasks are as if it had never been here' }],
  run: async (context, { client }) => (await (await context.application()).agents()).undo(client, 'cli'),
  text: async ({ undone, changes, refused }, view) =>
    blocks(
      `Undone: ${undone.length === 1 ? '1 change' : `${undone.length} changes`}.`,
      await describeChanges(changes, view),
      refused.map(({ message }) => view.plain(message)).join('\n'),
    ),
});
