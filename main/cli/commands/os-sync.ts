import { exitCodes } from '../../contract/exit-codes.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';

export const osSyncCommand = defineCommand({
  name: 'os sync',
  summary: 'Update the OS scheduler to match your tasks. Only entries of NCP Scheduler are changed.',
  positionals: {},
  options: { 'dry-run': flag('Show what would change without changing anything.') },
  answers: 'changes: timingId, change (installed, updated, unchanged, removed, failed), path, error.',
  examples: [{ line: 'os sync --dry-run', does: 'show missing, changed and leftover entries' }],
  run: async (context, args) => {
    const done = context.progress('Updating the OS scheduler');
    try {
      const entries = await (await context.application()).entries();
      return { changes: await entries.sync({ dryRun: args['dry-run'] }) };
    } finally {
      done();
    }
  },
  exitCode: ({ changes }) =>
    changes.some(({ change }) => change === 'failed') ? exitCodes.osScheduler : exitCodes.done,
  text: ({ changes }, view) =>
    view.table(
      changes,
      [
        { title: 'GROUP', cell: ({ timingId }) => view.plain(timingId), whole: true },
        { title: 'CHANGE', cell: ({ change }) => view.status(change) },
        { title: 'PATH', cell: ({ path }) => view.plain(path) },
        { title: 'ERROR', cell: ({ error }) => view.plain(error?.message ?? '') },
      ],
      'Nothing to do: there are no groups and no entries.',
    ),
});
