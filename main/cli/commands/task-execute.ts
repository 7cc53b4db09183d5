import { defineCommand } from '../command.ts';
import { exitCodeOfRuns } from '../exit-code.ts';
import { describeExecution } from '../text/describe-execution.ts';
import { taskPositional } from './positionals.ts';

export const taskExecuteCommand = defineCommand({
  name: '_task-execute',
  summary: 'Run a task now and wait for it to end.',
  positionals: taskPositional,
  options: {},
  answers: 'execution.',
  examples: [{ line: '_task-execute Backup', does: 'run the task; exit code 0 if it succeeded, 1 if not' }],
  run: async (context, args) => {
    const application = await context.application();
    const { task } = await (await application.tasks()).get(args.task);
    const { stop } = context.environment;
    return { execution: await (await application.runs()).trigger(task.id, { trigger: 'manual', stop }) };
  },
  exitCode: ({ execution }) => exitCodeOfRuns([execution]),
  text: ({ execution }, view) => describeExecution(execution, view),
});
