import { resolve } from 'node:path';
import type { MigrateResult } from '../../contract/migration.ts';
import { exitCodes } from '../../contract/exit-codes.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { OsEntryChange } from '../../contract/os-entries.ts';
import { defineCommand } from '../command.ts';
import { flag, text } from '../option.ts';
import { blocks } from '../text/describe-task.ts';
import type { TextView } from '../text/view.ts';

export const migrateCommand = defineCommand({
  name: 'migrate',
  byPerson: true,
  summary: 'Import the tasks of ncp from jobs.json (version 1) or schedule.json (version 2).',
  description:
    'The app does this automatically at its first start. Every job becomes a task in the group of its own schedule and time zone, with its run counts and runs. jobs.json is renamed to jobs.json.backup-<time> only after the result has been verified. Existing tasks stay as they are. The migration can be interrupted and repeated. The entries that ncp left in the OS scheduler are listed; they keep firing until they are replaced.',
  positionals: {},
  options: {
    from: text(
      'Directory of ncp. Only its jobs.json is renamed; nothing else is changed. Default: the data directory.',
      'DIR',
    ),
    'dry-run': flag('Show what would be imported without changing anything.'),
    'replace-os-entries': flag(
      "Also replace ncp's entries in the OS scheduler: install and check ours first, then remove ncp's. Other lines of the crontab stay as they are.",
    ),
  },
  answers:
    'tasks, timings, backup (path or null), skipped (id, name, reason), added, notes (id, name, note), executions, unreadableExecutions, osEntries (those of ncp), warnings, replacement (replaced, kept; only with --replace-os-entries).',
  examples: [
    { line: 'migrate --dry-run', does: 'show what would be imported' },
    { line: 'migrate --replace-os-entries', does: 'import the jobs and replace their OS entries' },
  ],
  run: async (context, { from, 'dry-run': dryRun, 'replace-os-entries': replace }): Promise<MigrateResult> => {
    if (dryRun && replace) {
      throw new SchedulerError('usage/migrate', 'Use either --dry-run or --replace-os-entries, not both.');
    }
    const migration = await (await context.application()).migration();
    const done = context.progress('Importing');
    try {
      const report = migration.migrate({ dryRun, ...(from === undefined ? {} : { from: resolve(from) }) });
      const installed = report.added > 0 && !dryRun ? await migration.install() : [];
      const replacement = replace ? { replacement: await migration.replaceLegacyEntries() } : {};
      return { ...report, warnings: warningsOf(installed), osEntries: await migration.legacyEntries(), ...replacement };
    } finally {
      done();
    }
  },
  exitCode: ({ replacement }) =>
    replacement?.replaced.some(({ change }) => change === 'failed') === true ? exitCodes.osScheduler : exitCodes.done,
  text: async (result, view) =>
    blocks(
      summary(result),
      await view.table(
        result.skipped,
        [
          { title: 'NOT IMPORTED', cell: ({ name }) => view.plain(name) },
          { title: 'REASON', cell: ({ reason }) => view.plain(reason) },
        ],
        '',
      ),
      result.notes.map(({ name, note }) => view.plain(`${name}: ${note}.`)).join('\n'),
      result.warnings.map((warning) => view.plain(warning)).join('\n'),
      entriesText(result, view),
    ),
});

/** Returns a warning for each entry that was not installed. The tasks are saved all the same; `os sync` tries again. */
function warningsOf(changes: readonly OsEntryChange[]): string[] {
  const failed = changes.filter(({ change }) => change === 'failed');
  return failed.map(
    ({ timingId, error }) => `The OS entry of "${timingId}" was not installed: ${error?.message ?? ''}`,
  );
}

function summary({ tasks, timings, added, executions, unreadableExecutions, backup }: MigrateResult): string {
  if (tasks.length === 0 && backup === null) return 'Nothing to import from ncp.';
  const already = tasks.length - added;
  return [
    `Imported ${added} tasks, in ${timings.length} groups${already > 0 ? `; ${already} existed already` : ''}.`,
    `Imported ${executions} runs${unreadableExecutions > 0 ? `; ${unreadableExecutions} could not be read` : ''}.`,
    ...(backup === null ? [] : [`The old file is now ${backup}.`]),
  ].join(' ');
}

function entriesText({ osEntries, replacement }: MigrateResult, view: TextView): string {
  const replaced = (replacement?.replaced ?? []).map(({ timingId, path, error }) =>
    view.plain(
      error === undefined ? `Replaced ${timingId} (${path}).` : `${timingId} was not removed: ${error.message}`,
    ),
  );
  const kept = (replacement?.kept ?? []).map(({ reason }) => view.plain(reason));
  if (replacement !== undefined || osEntries.length === 0) return [...replaced, ...kept].join('\n');
  const listed = osEntries.map(({ timingId, kind, path }) => view.plain(`  ${timingId} (${kind}, ${path})`));
  return [
    `${osEntries.length} entries of ncp are still in the OS scheduler and keep firing. Replace them with --replace-os-entries:`,
    ...listed,
  ].join('\n');
}
