import { exitCodes } from '../../contract/exit-codes.ts';
import { lintKindSchema } from '../../contract/lint.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import { flag, integer, oneOf, text, withDefault } from '../option.ts';
import type { Option, ReadContext } from '../option.ts';
import { describeLint } from '../text/describe-lint.ts';

type Input = string | { readonly name: string; readonly text: string };

const files: Option<Promise<Input[]>> = {
  ...text('File or folder to check; - for standard input.', 'FILE'),
  required: true,
  repeatable: true,
  read: async (raw: readonly string[], _name: string, context: ReadContext) => {
    if (raw.length === 0)
      throw new SchedulerError('usage/missing-argument', 'lint needs at least one FILE, or - for standard input.');
    if (raw.filter((path) => path === '-').length > 1)
      throw new SchedulerError('usage/conflicting-options', 'FILE - is standard input. It can be given once only.');
    return Promise.all(raw.map(async (path) => (path === '-' ? { name: '-', text: await context.stdin() } : path)));
  },
};

export const lintCommand = defineCommand({
  name: 'lint',
  reads: true,
  summary: 'Check schedules of any scheduler: next runs, mistakes and surprises.',
  description:
    'FILE is a crontab, a systemd timer, a launchd agent, a Task Scheduler task as XML, a GitHub workflow, a Kubernetes CronJob, an export of NCP Scheduler or a schedule.json, or a folder with such files. Nothing is changed, and no tasks are needed. Exits with 1 if a schedule has an error: it cannot be read, never runs, or is refused by its program. See docs/lint.md.',
  positionals: { files },
  options: {
    kind: oneOf('Type of every FILE. Default: detected from name and content.', lintKindSchema.options),
    strict: flag('Exit with 1 for warnings too.'),
    count: withDefault(integer('Number of next runs to show.', { min: 0, max: 100 }), 3),
  },
  answers:
    'files (file, kind, schedules (line, name, expression, timezone, sentence, nextRuns, findings), findings (level: error, warning or note; line; message)), errors, warnings, passed.',
  examples: [
    { line: 'lint - --kind crontab', does: 'check a crontab from standard input, as in `crontab -l | …`' },
    { line: 'lint backup.timer deploy/cronjobs.yaml --strict', does: 'check files, also for warnings' },
  ],
  run: async (context, { files: inputs, kind, strict, count }) => {
    const lint = await (await context.application()).lint();
    const report = await lint.report(inputs, { kind: kind ?? null, count });
    return { ...report, passed: report.errors === 0 && !(strict && report.warnings > 0) };
  },
  exitCode: ({ passed }) => (passed ? exitCodes.done : exitCodes.runFailed),
  text: (report, view) => describeLint(report, view),
});
