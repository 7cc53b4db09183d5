import { exitCodes } from '../../contract/exit-codes.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';

export const osSyncCommand = defineCommand({
  name: 'os sync',
  summary: 'Make the OS scheduler match the schedule. Only our own entries are touched.',
  positionals: {},
  options: { 'dry-run': flag('Say what would change, and change nothing.') },
  answers: 'changes: timingId, change (installed, updated, unchanged, removed, failed), path, error.',
  examples: [{ line: 'os sync --dry-run', does: 'what is missing, drifted or left over' }],
  run: async (context, args) => {
    const done = context.progress('Asking the OS scheduler');
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
      'Everything matches: no group, no entry.',
    ),
});
