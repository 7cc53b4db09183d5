import { skipsNextEvent } from '../../contract/schedule-rule.ts';
import { defineCommand } from '../command.ts';
import { taskPositional } from './positionals.ts';

export const skipNextCommand = defineCommand({
  name: 'skip-next',
  summary: 'Skip the next slot of a task. Run it again to skip one more.',
  positionals: taskPositional,
  options: {},
  answers: 'task; its skipUntil is the last slot that is skipped.',
  examples: [{ line: 'skip-next Backup', does: 'skip one run; `why` shows it as skipped' }],
  run: async (context, { task }) => (await (await context.application()).tasks()).skipNext(task, 'cli'),
  text: ({ task }, view) =>
    skipsNextEvent(task)
      ? `${view.plain(task.name)} skips its next event.`
      : `${view.plain(task.name)} skips every slot up to ${view.instant(task.skipUntil)}.`,
});
