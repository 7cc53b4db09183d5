import { defineCommand } from '../../command.ts';
import { describeChanges } from '../../text/describe-change.ts';
import { blocks } from '../../text/describe-task.ts';
import { agentPositional } from '../positionals.ts';

export const agentsUndoCommand = defineCommand({
  name: 'agents undo',
  byPerson: true,
  summary: "Undo an agent's changes.",
  description:
    'Fields that someone else changed later are not undone; they are listed. The undo is itself a change, so `undo` reverses it.',
  positionals: agentPositional,
  options: {},
  answers: 'undone, changes, refused, as for `undo`.',
  examples: [{ line: 'agents undo claude-code', does: 'undo everything that this agent changed' }],
  run: async (context, { agent }) => (await (await context.application()).agents()).undo(agent, 'cli'),
  text: async ({ undone, changes, refused }, view) =>
    blocks(
      `Undid ${undone.length === 1 ? '1 change' : `${undone.length} changes`}.`,
      await describeChanges(changes, view),
      refused.map(({ message }) => view.plain(message)).join('\n'),
    ),
});
