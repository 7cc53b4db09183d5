import { resolve } from 'node:path';
import type { CliResult } from '../../contract/cli.ts';
import { groupTargetSchema } from '../../contract/transfer.ts';
import type { GroupTarget } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Application } from '../../application/application.ts';
import { plainLines } from '../../domain/escaped-text.ts';
import { writeNewFile, writeNewFiles } from '../values/output-file.ts';
import { defineCommand } from '../command.ts';
import { flag, integer, oneOf, text } from '../option.ts';
import { blocks, describeWarnings } from '../text/describe-task.ts';

const formats = [...groupTargetSchema.options, 'ical'] as const;
/** As in the file of the setting `calendarFile`. */
const calendarDays = 30;

export const exportCommand = defineCommand({
  name: 'export',
  reads: true,
  summary: 'Export all tasks and settings, one group for another scheduler, or a calendar.',
  description:
    'Without --out the export goes to standard output. With --group and --as, one group is written in the format of another scheduler, which then runs its commands without this app; what that format cannot express is listed. Values that look like passwords or tokens (in environments and headers of MCP servers and tasks) are replaced by references such as ${secret:github_GITHUB_TOKEN}, and each is listed. --with-secrets keeps them. Run counts are exported; runs and logs are not. --as ical writes a calendar with an event for each slot to come; the setting calendarFile keeps such a file up to date.',
  positionals: {},
  options: {
    out: text('File to write, readable only by you. With --as, but for ical: a folder.', 'FILE'),
    group: text('Export only this group, in the format of --as.', 'GROUP'),
    as: oneOf('Format of the group; ical is a calendar of the group or of all tasks.', formats),
    days: integer(`With --as ical: how many days ahead. Default: ${calendarDays}.`, { min: 1, max: 366 }),
    past: integer('With --as ical: also the runs of this many past days, with their outcome. Default: none.', {
      min: 0,
      max: 366,
    }),
    'with-secrets': flag('Keep the values of passwords and tokens in the file.'),
    force: flag('Overwrite existing files.'),
  },
  answers:
    'file, tasks (their number), secrets (reference, at), warnings; document without --out; artifacts (path, content) with --group; calendar (the text) with --as ical.',
  examples: [
    { line: 'export --out schedule.ncp.json', does: 'export everything, to move it to another machine' },
    {
      line: 'export --group daily-9am --as systemd --out units',
      does: 'write a systemd timer and service for each task of the group',
    },
    { line: 'export --as ical --past 7 --out tasks.ics', does: 'write a calendar with the runs of the last week too' },
  ],
  run: async (context, args) => {
    if (args.as === 'ical') return exportedCalendar(await context.application(), args);
    refuseCalendarOptions(args);
    if (args.group !== undefined || args.as !== undefined)
      return exportedGroup(await context.application(), { ...args, as: args.as });
    const transfer = await (await context.application()).transfer();
    const { document, warnings } = transfer.exported({ withSecrets: args['with-secrets'] });
    const file = args.out === undefined ? null : resolve(args.out);
    if (file !== null) writeNewFile(file, `${JSON.stringify(document, null, 2)}\n`, { force: args.force });
    return {
      file,
      tasks: Object.keys(document.schedule.tasks).length,
      secrets: document.secrets,
      warnings: [...warnings],
      ...(file === null ? { document } : {}),
    };
  },
  text: ({ file, tasks, secrets, warnings, document, artifacts, calendar }, view) => {
    if (calendar !== undefined) return calendar.trimEnd();
    if (artifacts !== undefined && file === null) {
      const shown = artifacts.map(({ path, content }) => `# ${path}\n${plainLines(content)}`);
      return blocks(...shown, describeWarnings(warnings, view));
    }
    if (file === null) return JSON.stringify(document, null, 2);
    const left = secrets.map(({ reference, at }) => `  ${view.plain(at.join('.'))}: ${view.plain(reference)}`);
    return blocks(
      `Exported ${tasks === 1 ? '1 task' : `${tasks} tasks`} to ${view.plain(file)}.`,
      left.length === 0 ? '' : ['Replaced by references:', ...left].join('\n'),
      describeWarnings(warnings, view),
    );
  },
});

interface CalendarArguments {
  readonly group: string | undefined;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly days: number | undefined;
  readonly past: number | undefined;
}

async function exportedCalendar(
  application: Application,
  { group, out, force, days, past }: CalendarArguments,
): Promise<CliResult<'export'>> {
  const calendar = await application.slotCalendar();
  const question = { days: days ?? calendarDays, pastDays: past ?? 0, timingId: group };
  const { text: content, tasks, notes } = await calendar.answer(question);
  const file = out === undefined ? null : resolve(out);
  if (file !== null) writeNewFile(file, content, { force });
  return { file, tasks, secrets: [], warnings: [...notes], ...(file === null ? { calendar: content } : {}) };
}

function refuseCalendarOptions({ days, past }: Pick<CalendarArguments, 'days' | 'past'>): void {
  const given = days !== undefined ? '--days' : past !== undefined ? '--past' : null;
  if (given === null) return;
  throw new SchedulerError(
    'usage/invalid-value',
    `${given} has an effect only with --as ical. Add it, or remove ${given}.`,
  );
}

async function exportedGroup(
  application: Application,
  {
    group,
    as,
    out,
    force,
  }: {
    readonly group: string | undefined;
    readonly as: GroupTarget | undefined;
    readonly out: string | undefined;
    readonly force: boolean;
  },
): Promise<CliResult<'export'>> {
  if (group === undefined || as === undefined) {
    throw new SchedulerError('usage/missing-argument', '--group and --as must be used together.');
  }
  const { artifacts, notes, tasks } = (await application.transfer()).exportedGroup(group, as);
  const folder = out === undefined ? null : resolve(out);
  if (folder !== null) writeNewFiles(folder, artifacts, { force });
  return { file: folder, tasks, secrets: [], warnings: [...notes], artifacts: [...artifacts] };
}
