import { defineCommand } from '../../command.ts';
import { blocks } from '../../text/describe-task.ts';
import { describeEnvironment } from '../../text/describe-environment.ts';

export const environmentCompareCommand = defineCommand({
  name: 'environment compare',
  reads: true,
  summary: 'Compare the environment of tasks with that of a new login shell.',
  description:
    'A difference that your start-up files cannot explain, such as a program that they ask, reaches tasks with `environment refresh`, or within a day.',
  positionals: {},
  options: {},
  answers: 'source, capturedAt, count, problem, differences: name, captured, shell, hidden.',
  examples: [{ line: 'environment compare', does: 'find out why a program is found in a terminal and not by a task' }],
  run: async (context) => {
    const done = context.progress('Starting your login shell');
    try {
      return await (await (await context.application()).environment()).compare();
    } finally {
      done();
    }
  },
  text: async (report, view) =>
    blocks(
      await view.table(
        report.differences,
        [
          { title: 'VARIABLE', cell: ({ name }) => view.plain(name), whole: true },
          { title: 'TASKS', cell: ({ captured }) => shown(captured) },
          { title: 'LOGIN SHELL', cell: ({ shell }) => shown(shell) },
        ],
        'No differences.',
      ),
      describeEnvironment(report, view),
    ),
});

const shown = (value: string | null): string => value ?? '(not set)';
