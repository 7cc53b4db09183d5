import { resolve } from 'node:path';
import { writeNewFile } from '../values/output-file.ts';
import { defineCommand } from '../command.ts';
import { flag, text } from '../option.ts';
import { blocks, describeWarnings } from '../text/describe-task.ts';

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Write the whole schedule with its settings as one file.',
  description:
    'Without --out the file goes to standard output. Values that look like passwords or tokens (environments and headers of MCP servers and tasks) are left out: a reference such as ${secret:github.GITHUB_TOKEN} stands in their place, and each is named. --with-secrets keeps them. Executions and logs stay where they are; the counts of the tasks go along.',
  positionals: {},
  options: {
    out: text('The file to write. It is readable for you only.', 'FILE'),
    'with-secrets': flag('Keep the values of passwords and tokens in the file.'),
    force: flag('Write over a file that is there already.'),
  },
  answers: 'file, tasks (how many), secrets (reference, at), warnings; document where there is no --out.',
  examples: [{ line: 'export --out schedule.ncp.json', does: 'everything, to take to another machine' }],
  run: async (context, args) => {
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
  text: ({ file, tasks, secrets, warnings, document }, view) => {
    if (file === null) return JSON.stringify(document, null, 2);
    const left = secrets.map(({ reference, at }) => `  ${view.plain(at.join('.'))}: ${view.plain(reference)}`);
    return blocks(
      `Wrote ${tasks} tasks to ${view.plain(file)}.`,
      left.length === 0 ? '' : ['Left out, with a reference in its place:', ...left].join('\n'),
      describeWarnings(warnings, view),
    );
  },
});
