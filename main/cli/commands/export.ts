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
  summary: 'Write the whole schedule with its settings as one file.',
  description:
    'Without --out the file goes to standard output. With --group and --as, one group is written so that another scheduler runs its commands without this app; what it loses is said. Values that look like passwords or tokens (environments and headers of MCP servers and tasks) are left out: a reference such as ${secret:github_GITHUB_TOKEN} stands in their place, and each is named. --with-secrets keeps them. Executions and logs stay where they are; the counts of the tasks go along.',
  positionals: {},
  options: {
    out: text('The file to write. It is readable for you only.', 'FILE'),
    group: text('Only this group of tasks, for another scheduler: see --as.', 'TIMING'),
    as: oneOf('What the group is written as. --out is then a folder.', groupTargetSchema.options),
    'with-secrets': flag('Keep the values of passwords and tokens in the file.'),
    force: flag('Write over a file that is there already.'),
  },
  answers:
    'file, tasks (how many), secrets (reference, at), warnings; document where there is no --out; artifacts (path, content) with --group.',
  examples: [
    { line: 'export --out schedule.ncp.json', does: 'everything, to take to another machine' },
    {
      line: 'export --group daily-9am --as systemd --out units',
      does: 'a timer and a service for each task, which run without this app',
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
      `Wrote ${tasks} tasks to ${view.plain(file)}.`,
      left.length === 0 ? '' : ['Left out, with a reference in its place:', ...left].join('\n'),
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
    throw new SchedulerError('usage/missing-argument', '--group and --as belong together: which group, and as what.');
  }
  const { artifacts, notes, tasks } = (await application.transfer()).exportedGroup(group, as);
  const folder = out === undefined ? null : resolve(out);
  if (folder !== null) writeNewFiles(folder, artifacts, { force });
  return { file: folder, tasks, secrets: [], warnings: [...notes], artifacts: [...artifacts] };
}
