import { defineCommand } from '../command.ts';
import { restoreCounts } from '../text/describe-change.ts';

export const backupsCommand = defineCommand({
  name: 'backups',
  summary: 'List the backups of the tasks, newest first, with what restoring each would change.',
  positionals: {},
  options: {},
  answers:
    'backups: name, savedAt, tasks (how many, null where it cannot be read), changes (kind, taskId, taskName, differences) that restoring it would make.',
  examples: [{ line: 'backups', does: 'which of the five to restore' }],
  run: async (context) => ({ backups: (await (await context.application()).backups()).list() }),
  text: ({ backups }, view) =>
    view.table(
      backups,
      [
        { title: 'BACKUP', cell: ({ name }) => view.plain(name), whole: true },
        { title: 'SAVED', cell: ({ savedAt }) => view.instant(savedAt) },
        { title: 'TASKS', cell: ({ tasks }) => (tasks === null ? 'unreadable' : String(tasks)), align: 'right' },
        { title: 'RESTORING IT', cell: ({ tasks, changes }) => (tasks === null ? '-' : restoreCounts(changes)) },
      ],
      'There is no backup yet.',
    ),
});
