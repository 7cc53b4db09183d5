import { defineCommand } from '../command.ts';
import { taskPositional } from './positionals.ts';

export const deleteCommand = defineCommand({
  name: 'delete',
  summary: 'Delete a task but keep its runs. A group and its OS entry are removed with the last task.',
  positionals: taskPositional,
  options: {},
  answers: 'task, as it was before.',
  examples: [{ line: 'delete Backup', does: 'delete the task; `runs` still lists its runs' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).delete(task, 'cli'),
  text: ({ task }, view) => `Deleted ${view.plain(task.name)} (${view.plain(task.id)}).`,
});
