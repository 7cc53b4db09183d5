import { defineCommand } from '../command.ts';
import { cancelExecution } from '../../application/operations/runs.ts';
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
      return { execution: await cancelExecution(await context.application(), execution) };
    } finally {
      done();
    }
  },
  text: ({ execution }, view) => describeExecution(execution, view),
});
