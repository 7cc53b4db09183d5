import { changeFilterSchema } from '../../contract/history.ts';
import { defineCommand } from '../command.ts';
import { integer, text, withDefault } from '../option.ts';
import { describeChanges } from '../text/describe-change.ts';
import { instant } from '../values/instant.ts';

export const historyCommand = defineCommand({
  name: 'history',
  reads: true,
  summary: 'List changes to tasks, newest first: who changed what, and when.',
  positionals: { task: text('Only changes to this task, by id or name. A deleted task works too.', 'TASK') },
  options: {
    author: text(
      'Only changes by this author, for example cli, window, mcp:<client>@<version>, scheduler or file.',
      'AUTHOR',
    ),
    since: instant('Only changes since then, for example 2h for the last two hours.', 'past'),
    words: text('Only changes that mention all these words: in a name, the author, or what changed.', 'WORDS'),
    batch: text('Only changes of this batch, such as one import.', 'BATCH'),
    limit: withDefault(integer('Maximum number of changes.', { min: 1, max: 1000 }), 50),
  },
  answers:
    'changes: id, at, author, action, kind (created, changed, deleted), taskId, taskName, differences (field, before, after), batch, undoes, obstacle (why it cannot be undone now, or null).',
  examples: [
    { line: 'history Backup', does: 'list all changes to this task' },
    { line: 'history --words "rsync nas"', does: 'list the changes that mention both words' },
    { line: 'history --since 1d --json', does: 'list what changed since yesterday' },
  ],
  run: async (context, { task, ...filter }) => {
    const history = await (await context.application()).history();
    const taskId = task === undefined ? undefined : history.findTaskId(task);
    return { changes: history.list(changeFilterSchema.parse({ ...filter, taskId })) };
  },
  text: ({ changes }, view) => describeChanges(changes, view),
});
