import { defineCommand } from '../../command.ts';
import { flag } from '../../option.ts';
import { describeEntryChanges, exitCodeOfChanges } from '../../text/describe-entry-changes.ts';

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
  exitCode: ({ changes }) => exitCodeOfChanges(changes),
  text: ({ changes }, view) =>
    describeEntryChanges(changes, view, 'Nothing to do: there are no groups and no entries.'),
});
