import { exitCodes } from '../../../contract/exit-codes.ts';
import { defineCommand } from '../../command.ts';
import { describeEnvironment } from '../../text/describe-environment.ts';

export const environmentRefreshCommand = defineCommand({
  name: 'environment refresh',
  summary: 'Capture the environment of your login shell again, for runs that start later.',
  description:
    'If your login shell cannot be started, tasks keep the environment that was captured before, and the exit code is 1.',
  positionals: {},
  options: {},
  answers: 'source, capturedAt, count, problem, differences (empty).',
  examples: [{ line: 'environment refresh', does: 'let tasks find a program that was just installed' }],
  run: async (context) => {
    const done = context.progress('Starting your login shell');
    try {
      return await (await (await context.application()).environment()).refresh();
    } finally {
      done();
    }
  },
  exitCode: ({ problem }) => (problem === null ? exitCodes.done : exitCodes.runFailed),
  text: (report, view) => describeEnvironment(report, view),
});
