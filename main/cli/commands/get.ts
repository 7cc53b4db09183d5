import { defineCommand } from '../command.ts';
import { describeAttention } from '../text/describe-attention.ts';
import { blocks, describeNextOf, describeTask } from '../text/describe-task.ts';
import { taskPositional } from './positionals.ts';

export const getCommand = defineCommand({
  name: 'get',
  reads: true,
  summary: 'Show a task and its next runs.',
  positionals: taskPositional,
  options: {},
  answers: 'task, timing, nextRuns.',
  examples: [{ line: 'get Backup', does: 'show everything about the task' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).get(task),
  text: ({ task, timing, nextRuns }, view) =>
    blocks(
      describeTask(task, view, timing),
      describeAttention([task], view),
      task.status === 'active' ? describeNextOf(task, nextRuns, view) : 'No further runs: the task is not active.',
    ),
});
