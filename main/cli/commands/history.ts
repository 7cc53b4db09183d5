import { changeFilterSchema } from '../../contract/history.ts';
import { defineCommand } from '../command.ts';
import { integer, text, withDefault } from '../option.ts';
import { describeChanges } from '../text/describe-change.ts';
import { instant } from '../values/instant.ts';

export const historyCommand = defineCommand({
  name: 'history',
  summary: 'Tell who changed what, when, newest first; `undo` takes a change back.',
  positionals: { task: text('Only changes of this task (id or name), also of one that was deleted.', 'TASK') },
  options: {
    author: text(
      'Only changes by this author, such as cli, window, mcp:<client>@<version>, scheduler or file.',
      'AUTHOR',
    ),
    since: instant('Only changes since then: an instant, or 2h for the last two hours.', 'past'),
    batch: text('Only what was changed in one go, such as one import.', 'BATCH'),
    limit: withDefault(integer('At most so many.', { min: 1, max: 1000 }), 50),
  },
  answers:
    'changes: id, at, author, action, kind (created, changed, deleted), taskId, taskName, differences (field, before, after), batch, undoes, obstacle (why it cannot be undone now, or null).',
  examples: [
    { line: 'history Backup', does: 'everything that was done to this task' },
    { line: 'history --since 1d --json', does: 'what changed since yesterday' },
  ],
  run: async (context, { task, ...filter }) => {
    const history = await (await context.application()).history();
    const taskId = task === undefined ? undefined : history.findTaskId(task);
    return { changes: history.list(changeFilterSchema.parse({ ...filter, taskId })) };
  },
  text: ({ changes }, view) => describeChanges(changes, view),
});
