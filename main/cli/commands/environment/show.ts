import { defineCommand } from '../../command.ts';
import { blocks } from '../../text/describe-task.ts';
import { describeEnvironment } from '../../text/describe-environment.ts';

export const environmentShowCommand = defineCommand({
  name: 'environment show',
  reads: true,
  summary: 'Show the environment variables that tasks get.',
  description:
    'They are those of your login shell, which is started again when its start-up files change, when a command is not found, when the scheduler starts, and daily. A task can add its own with `--env`. Values that look like secrets are hidden.',
  positionals: {},
  options: {},
  answers: 'source, capturedAt, count, problem, variables: name, value (null if hidden), hidden.',
  examples: [{ line: 'environment show', does: 'list the variables' }],
  run: async (context) => {
    const done = context.progress('Starting your login shell');
    try {
      return await (await (await context.application()).environment()).show();
    } finally {
      done();
    }
  },
  text: async (report, view) =>
    blocks(
      report.variables
        .map(({ name, value }) => `${view.plain(name)}=${value === null ? '(hidden)' : view.plain(value)}`)
        .join('\n'),
      describeEnvironment(report, view),
    ),
});
