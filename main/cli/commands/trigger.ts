import { defineCommand } from '../command.ts';
import { exitCodeOfRuns } from '../exit-code.ts';
import { flag } from '../option.ts';
import { describeExecution } from '../text/describe-execution.ts';
import { taskPositional } from './positionals.ts';

export const triggerCommand = defineCommand({
  name: 'trigger',
  summary: 'Run a task now and wait for its outcome; the exit code tells it.',
  description:
    'Works for paused tasks too, and claims no slot. A running app runs it; without one it runs here, and Ctrl-C cancels it.',
  positionals: taskPositional,
  options: { 'no-wait': flag('Answer as soon as it runs.') },
  answers: 'execution.',
  examples: [
    { line: 'trigger Backup', does: 'exit code 0 if it succeeded, 1 if not' },
    { line: 'trigger Backup --no-wait --json', does: 'the execution, still running' },
  ],
  run: async (context, args) => {
    const application = await context.application();
    const { task } = await (await application.tasks()).get(args.task);
    const runs = await application.runs();
    const { stop } = context.environment;
    if (args['no-wait']) return { execution: await runs.start(task.id) };
    const done = context.progress(`Running ${task.name}`);
    try {
      return { execution: await runs.trigger(task.id, { trigger: 'manual', stop }) };
    } finally {
      done();
    }
  },
  exitCode: ({ execution }) => exitCodeOfRuns([execution]),
  text: ({ execution }, view) => describeExecution(execution, view),
});
