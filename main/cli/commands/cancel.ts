import { defineCommand } from '../command.ts';
import { describeExecution } from '../text/describe-execution.ts';
import { runPositional } from './positionals.ts';

export const cancelCommand = defineCommand({
  name: 'cancel',
  summary: 'Stop a run and all processes that it started.',
  positionals: runPositional,
  options: {},
  answers: 'execution.',
  examples: [{ line: 'cancel RUN', does: 'ask the run to end, and kill it if it has not ended after five seconds' }],
  run: async (context, { run }) => {
    const done = context.progress('Waiting for the run to end');
    try {
      return { execution: await (await (await context.application()).runs()).cancel(run) };
    } finally {
      done();
    }
  },
  text: ({ execution }, view) => describeExecution(execution, view),
});
