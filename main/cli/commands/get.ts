import { defineCommand } from '../command.ts';
import { describeAttention } from '../text/describe-attention.ts';
import { blocks, describeNextOf, describeTask } from '../text/describe-task.ts';
import { describeUsage } from '../text/describe-usage.ts';
import { taskPositional } from './positionals.ts';

export const getCommand = defineCommand({
  name: 'get',
  reads: true,
  summary: 'Show a task, what it uses and its next runs.',
  positionals: taskPositional,
  options: {},
  answers:
    'task, timing, nextRuns, usage: budgets (agent, or null for its own; uses: period, unit, used, limit) and forecast for the next 30 days (runs, minutes, cost), null before the first run.',
  examples: [{ line: 'get Backup', does: 'show everything about the task' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).get(task),
  text: ({ task, timing, nextRuns, usage }, view) =>
    blocks(
      describeTask(task, view, timing),
      describeUsage(usage, view),
      describeAttention([task], view),
      task.status === 'active' ? describeNextOf(task, nextRuns, view) : 'No further runs: the task is not active.',
    ),
});
