import { defineCommand } from '../command.ts';
import { restoreCounts } from '../text/describe-change.ts';

export const backupsCommand = defineCommand({
  name: 'backups',
  reads: true,
  summary: 'List the backups of your tasks, newest first, and what restoring each would change.',
  positionals: {},
  options: {},
  answers:
    'backups: name, savedAt, tasks (their number; null if the backup cannot be read), changes (kind, taskId, taskName, differences) that restoring it would make.',
  examples: [{ line: 'backups', does: 'find the backup to restore' }],
  run: async (context) => ({ backups: (await (await context.application()).backups()).list() }),
  text: ({ backups }, view) =>
    view.table(
      backups,
      [
        { title: 'BACKUP', cell: ({ name }) => view.plain(name), whole: true },
        { title: 'SAVED', cell: ({ savedAt }) => view.instant(savedAt) },
        { title: 'TASKS', cell: ({ tasks }) => (tasks === null ? 'unreadable' : String(tasks)), align: 'right' },
        { title: 'CHANGES ON RESTORE', cell: ({ tasks, changes }) => (tasks === null ? '-' : restoreCounts(changes)) },
      ],
      'No backups yet.',
    ),
});
