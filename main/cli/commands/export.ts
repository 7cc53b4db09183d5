import { resolve } from 'node:path';
import type { CliResult } from '../../contract/cli.ts';
import { groupTargetSchema } from '../../contract/transfer.ts';
import type { GroupTarget } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Application } from '../../application/application.ts';
import { plainLines } from '../../domain/escaped-text.ts';
import { writeNewFile, writeNewFiles } from '../values/output-file.ts';
import { defineCommand } from '../command.ts';
import { flag, oneOf, text } from '../option.ts';
import { blocks, describeWarnings } from '../text/describe-task.ts';

export const exportCommand = defineCommand({
  name: 'export',
  reads: true,
  summary: 'Export all tasks and settings, or one group for another scheduler.',
  description:
    'Without --out the export goes to standard output. With --group and --as, one group is written in the format of another scheduler, which then runs its commands without this app; what that format cannot express is listed. Values that look like passwords or tokens (in environments and headers of MCP servers and tasks) are replaced by references such as ${secret:github_GITHUB_TOKEN}, and each is listed. --with-secrets keeps them. Run counts are exported; runs and logs are not.',
  positionals: {},
  options: {
    out: text('File to write, readable only by you. With --as: a folder.', 'FILE'),
    group: text('Export only this group, in the format of --as.', 'GROUP'),
    as: oneOf('Format of the group.', groupTargetSchema.options),
    'with-secrets': flag('Keep the values of passwords and tokens in the file.'),
    force: flag('Overwrite existing files.'),
  },
  answers:
    'file, tasks (their number), secrets (reference, at), warnings; document without --out; artifacts (path, content) with --group.',
  examples: [
    { line: 'export --out schedule.ncp.json', does: 'export everything, to move it to another machine' },
    {
      line: 'export --group daily-9am --as systemd --out units',
      does: 'write a systemd timer and service for each task of the group',
    },
  ],
  run: async (context, args) => {
    if (args.group !== undefined || args.as !== undefined) return exportedGroup(await context.application(), args);
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
  text: ({ file, tasks, secrets, warnings, document, artifacts }, view) => {
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
