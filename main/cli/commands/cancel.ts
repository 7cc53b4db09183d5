import { defineCommand } from '../command.ts';
import { describeExecution } from '../text/describe-execution.ts';
import { executionPositional } from './positionals.ts';

export const cancelCommand = defineCommand({
  name: 'cancel',
  summary: 'Stop a running execution and everything it started.',
  positionals: executionPositional,
  options: {},
  answers: 'execution.',
  examples: [{ line: 'cancel EXECUTION', does: 'asked to end first, killed after five seconds' }],
  run: async (context, { execution }) => {
    const done = context.progress('Waiting for it to end');
    try {
      return { execution: await (await (await context.application()).runs()).cancel(execution) };
    } finally {
      done();
    }
  },
  text: ({ execution }, view) => describeExecution(execution, view),
});
