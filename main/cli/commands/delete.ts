import { defineCommand } from '../command.ts';
import { taskPositional } from './positionals.ts';

export const deleteCommand = defineCommand({
  name: 'delete',
  summary: 'Remove a task; its group and OS entry go with their last task. Its executions stay.',
  positionals: taskPositional,
  options: {},
  answers: 'task, as it was.',
  examples: [{ line: 'delete Backup', does: 'the task is gone, the record of its runs is not' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).delete(task, 'cli'),
  text: ({ task }, view) => `Deleted ${view.plain(task.name)} (${view.plain(task.id)}).`,
});
