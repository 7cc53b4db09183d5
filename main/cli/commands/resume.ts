import { defineCommand } from '../command.ts';
import { describeTask } from '../text/describe-task.ts';
import { taskPositional } from './positionals.ts';

export const resumeCommand = defineCommand({
  name: 'resume',
  summary: 'Resume a paused task from its next slot on.',
  positionals: taskPositional,
  options: {},
  answers: 'task.',
  examples: [{ line: 'resume Backup', does: 'resume the task' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).resume(task, 'cli'),
  text: ({ task }, view) => describeTask(task, view),
});
