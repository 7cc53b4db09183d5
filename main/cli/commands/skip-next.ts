import { defineCommand } from '../command.ts';
import { taskPositional } from './positionals.ts';

export const skipNextCommand = defineCommand({
  name: 'skip-next',
  summary: 'Skip the next slot of a task; called again, the one after it too.',
  positionals: taskPositional,
  options: {},
  answers: 'task; skipUntil is the last slot that is skipped.',
  examples: [{ line: 'skip-next Backup', does: 'one run is left out, and `why` says so' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).skipNext(task, 'cli'),
  text: ({ task }, view) => `${view.plain(task.name)} skips every slot up to ${view.instant(task.skipUntil)}.`,
});
