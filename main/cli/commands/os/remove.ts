import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { flag } from '../../option.ts';
import { describeEntryChanges, exitCodeOfChanges } from '../../text/describe-entry-changes.ts';

export const osRemoveCommand = defineCommand({
  name: 'os remove',
  byPerson: true,
  summary: 'Remove the entries of NCP Scheduler from the OS scheduler, for an uninstall.',
  description:
    'Tasks, settings and history stay. Afterwards the OS starts no task; a running app or `serve` still does, so quit it first. `os sync` installs the entries again. Entries of other data directories and other programs are not touched.',
  positionals: {},
  options: { all: flag('Remove every entry of this data directory, from every OS scheduler (required).') },
  answers: 'changes: timingId, change (removed, failed), path, error.',
  examples: [{ line: 'os remove --all', does: 'remove every entry before you delete the data directory' }],
  run: async (context, { all }) => {
    if (!all) {
      throw new SchedulerError(
        'usage/missing-argument',
        'os remove needs --all: it removes every entry of this data directory. To remove one group, delete or pause its tasks.',
        { missing: ['--all'] },
      );
    }
    const done = context.progress('Removing the entries of the OS scheduler');
    try {
      return { changes: await (await (await context.application()).entries()).removeAll() };
    } finally {
      done();
    }
  },
  exitCode: ({ changes }) => exitCodeOfChanges(changes),
  text: ({ changes }, view) => describeEntryChanges(changes, view, 'Nothing to do: there are no entries.'),
});
