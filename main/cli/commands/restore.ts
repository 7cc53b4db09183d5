import { defineCommand } from '../command.ts';
import { flag, required, text } from '../option.ts';
import { describeRestore, restoreCounts } from '../text/describe-change.ts';
import { blocks } from '../text/describe-task.ts';

export const restoreCommand = defineCommand({
  name: 'restore',
  summary: 'Bring the tasks of a backup back, also while schedule.json cannot be read.',
  description:
    'What was there is kept as schedule.json.replaced-<time>. Each task that changes is in the history, all in one batch, so that `undo` takes the restore back.',
  positionals: { backup: required(text('Name of the backup, as `backups` shows it.', 'BACKUP')) },
  options: { 'dry-run': flag('Say what would change, and change nothing.') },
  answers: 'changes (kind, taskId, taskName, differences), kept (path of what was there), batch (for `undo --batch`).',
  examples: [
    { line: 'restore schedule.json.backup-2 --dry-run', does: 'what would change' },
    { line: 'restore schedule.json.backup-1', does: 'back to what was saved last' },
  ],
  run: async (context, { backup, 'dry-run': dryRun }) => {
    const backups = await (await context.application()).backups();
    if (dryRun) return { changes: backups.preview(backup), kept: null, batch: null };
    return backups.restore(backup, 'cli');
  },
  text: async ({ changes, kept }, view) =>
    blocks(
      await describeRestore(changes, view),
      `${kept === null ? 'It would be restored' : 'It was restored'}: ${restoreCounts(changes)}.`,
      kept === null ? '' : `What was there is ${view.plain(kept)}.`,
    ),
});
