import { defineCommand } from '../command.ts';
import { exitCodeOfRuns } from '../exit-code.ts';
import { flag } from '../option.ts';
import { describeExecution } from '../text/describe-execution.ts';
import { taskPositional } from './positionals.ts';

export const triggerCommand = defineCommand({
  name: 'trigger',
  summary: 'Run a task now and wait for it to end.',
  description:
    'The exit code is 0 if the run succeeds and 1 if it does not. Paused tasks run too, and the run does not count as a slot. If the app is running, it runs the task; otherwise this process does, and Ctrl-C cancels the run; the exit code is then 130.',
  positionals: taskPositional,
  options: { 'no-wait': flag('Return as soon as the run has started.') },
  answers: 'execution.',
  examples: [
    { line: 'trigger Backup', does: 'run the task and wait for it' },
    { line: 'trigger Backup --no-wait --json', does: 'start the run and return at once' },
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
