import { defineCommand } from '../command.ts';
import { taskPositional } from './positionals.ts';

export const forgetSeenCommand = defineCommand({
  name: 'forget-seen',
  summary: 'Forget what the probe of a task saw. Its next look is the first.',
  positionals: taskPositional,
  options: {},
  answers: 'task.',
  examples: [{ line: 'forget-seen Ping', does: 'record the present answer at the next slot, whatever it was before' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).forgetSeen(task, 'cli'),
  text: ({ task }, view) => `The next look of ${view.plain(task.name)} is the first.`,
});
