import { defineCommand } from '../command.ts';
import { flag, required, text } from '../option.ts';
import { describeRestore, restoreCounts } from '../text/describe-change.ts';
import { blocks } from '../text/describe-task.ts';

export const restoreCommand = defineCommand({
  name: 'restore',
  byPerson: true,
  summary: 'Restore the tasks of a backup, even if schedule.json cannot be read.',
  description:
    'The current file is kept as schedule.json.replaced-<time>. The changes are recorded in the history as one batch, so that `undo` can reverse the restore.',
  positionals: { backup: required(text('Name of the backup, as `backups` shows it.', 'BACKUP')) },
  options: { 'dry-run': flag('Show what would change without changing anything.') },
  answers:
    'changes (kind, taskId, taskName, differences), kept (path of the previous file), batch (for `undo --batch`).',
  examples: [
    { line: 'restore schedule.json.backup-2 --dry-run', does: 'show what would change' },
    { line: 'restore schedule.json.backup-1', does: 'restore the latest backup' },
  ],
  run: async (context, { backup, 'dry-run': dryRun }) => {
    const backups = await (await context.application()).backups();
    if (dryRun) return { changes: backups.preview(backup), kept: null, batch: null };
    return backups.restore(backup, 'cli');
  },
  text: async ({ changes, kept, batch }, view) =>
    blocks(
      await describeRestore(changes, view),
      `${kept === null && batch === null ? 'Dry run' : 'Restored'}: ${restoreCounts(changes)}.`,
      kept === null ? '' : `The previous file is now ${view.plain(kept)}.`,
    ),
});
