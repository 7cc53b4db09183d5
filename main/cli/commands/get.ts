import { defineCommand } from '../command.ts';
import { blocks, describeNextRuns, describeTask } from '../text/describe-task.ts';
import { taskPositional } from './positionals.ts';

export const getCommand = defineCommand({
  name: 'get',
  summary: 'Show one task.',
  positionals: taskPositional,
  options: {},
  answers: 'task, timing, nextRuns.',
  examples: [{ line: 'get Backup', does: 'everything about the task, and when it runs next' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).get(task),
  text: ({ task, timing, nextRuns }, view) =>
    blocks(
      describeTask(task, view, timing),
      task.status === 'active' ? describeNextRuns(nextRuns, view) : 'It does not run while it is not active.',
    ),
});
