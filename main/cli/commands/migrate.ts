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
  summary: 'Take over the tasks of ncp: jobs.json (version 1) or its own schedule.json (version 2).',
  description:
    'The app does the same by itself at its first start. Every job becomes one task in the group of its own schedule and zone, its figures and executions become history, and only when all was read back is jobs.json renamed to jobs.json.backup-<time>. Tasks that are there already stay as they are. It can be interrupted and repeated. What ncp left in the OS scheduler is listed, and goes on firing until it is replaced.',
  positionals: {},
  options: {
    from: text(
      'Directory of ncp; it is only read, except that its jobs.json is renamed. Default: the data directory.',
      'DIR',
    ),
    'dry-run': flag('Say what would be done, and change nothing.'),
    'replace-os-entries': flag(
      "Also replace ncp's entries in the OS scheduler: ours are installed and checked first, then ncp's are removed. Other lines of the crontab stay as they are.",
    ),
  },
  answers:
    'tasks, timings, backup (path or null), skipped (id, name, reason), added, notes (id, name, note), executions, unreadableExecutions, osEntries (those of ncp), warnings, replacement (replaced, kept; only with --replace-os-entries).',
  examples: [
    { line: 'migrate --dry-run', does: 'what would become of the jobs' },
    { line: 'migrate --replace-os-entries', does: 'takes over the jobs and their entries' },
  ],
  run: async (context, { from, 'dry-run': dryRun, 'replace-os-entries': replace }): Promise<MigrateResult> => {
    if (dryRun && replace) {
      throw new SchedulerError('usage/migrate', 'Give either --dry-run or --replace-os-entries.');
    }
    const migration = await (await context.application()).migration();
    const done = context.progress('Taking over');
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
          { title: 'NOT TAKEN OVER', cell: ({ name }) => view.plain(name) },
          { title: 'WHY', cell: ({ reason }) => view.plain(reason) },
        ],
        '',
      ),
      result.notes.map(({ name, note }) => view.plain(`${name}: ${note}.`)).join('\n'),
      result.warnings.map((warning) => view.plain(warning)).join('\n'),
      entriesText(result, view),
    ),
});

/** The tasks are there whatever the OS says: `os sync` tries again. */
function warningsOf(changes: readonly OsEntryChange[]): string[] {
  const failed = changes.filter(({ change }) => change === 'failed');
  return failed.map(
    ({ timingId, error }) => `The OS entry of "${timingId}" was not installed: ${error?.message ?? ''}`,
  );
}

function summary({ tasks, timings, added, executions, unreadableExecutions, backup }: MigrateResult): string {
  if (tasks.length === 0 && backup === null) return 'There is nothing of ncp to take over.';
  const already = tasks.length - added;
  return [
    `${added} tasks taken over, in ${timings.length} groups${already > 0 ? `; ${already} were there already` : ''}.`,
    `${executions} executions are history now${unreadableExecutions > 0 ? `; ${unreadableExecutions} could not be read` : ''}.`,
    ...(backup === null ? [] : [`The old file is ${backup}.`]),
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
    `${osEntries.length} entries of ncp are still in the OS scheduler and fire there. Replace them with --replace-os-entries:`,
    ...listed,
  ].join('\n');
}
