import { defineCommand } from '../command.ts';
import { taskPositional } from './positionals.ts';

export const forgetSeenCommand = defineCommand({
  name: 'forget-seen',
  summary: 'Forget the last probe output of a task, so that its next check is the first.',
  positionals: taskPositional,
  options: {},
  answers: 'task.',
  examples: [{ line: 'forget-seen Ping', does: 'remember the output at the next slot, whatever it was before' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).forgetSeen(task, 'cli'),
  text: ({ task }, view) => `${view.plain(task.name)} has nothing to compare with until its next check.`,
});
