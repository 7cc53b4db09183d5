import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../option.ts';
import { blocks, describeTask, describeWarnings } from '../text/describe-task.ts';
import { describeUsage } from '../text/describe-usage.ts';
import { withChoices } from '../../application/tools/tool-choices.ts';
import { taskPositional } from './positionals.ts';
import { agentFields, agentOptions } from './agent-options.ts';
import { clearableOptions, definitionOptions, saveAnyway, savingOptions, taskFields } from './task-options.ts';

export const updateCommand = defineCommand({
  name: 'update',
  summary: 'Change a task. Only the given fields change.',
  description: 'The value none clears an optional field, for example --end-date none.',
  positionals: taskPositional,
  options: {
    ...definitionOptions,
    ...agentOptions,
    ...clearableOptions,
    'fire-once': flag('Complete the task after the first slot that succeeds.'),
    'no-fire-once': flag('Do not complete the task after the first slot that succeeds.'),
    paused: flag('Pause the task.'),
    'test-run': flag('Run the changed task once now, and keep the change only if the run succeeds.'),
    ...savingOptions,
  },
  answers: 'task, warnings; testRun with --test-run.',
  examples: [
    { line: 'update Backup --schedule "every day at 22:30"', does: 'change the schedule' },
    { line: 'update Backup --timeout 1h --end-date none', does: 'set a longer time limit and clear the end date' },
    {
      line: 'update Digest --allow-tool "Bash(git push:*)"',
      does: 'let the agent of a task use a tool without asking',
    },
    {
      line: `update Backup --params '{"command":"restic backup ~"}' --test-run`,
      does: 'change the command if a test run succeeds',
    },
  ],
  run: async (context, args) => {
    const application = await context.application();
    const tasks = await application.tasks();
    const { task } = await tasks.get(args.task);
    const change = {
      ...(await taskFields(args, task.policies, tasks)),
      ...agentFields(args, task),
      ...(args['fire-once'] ? { fireOnce: true } : {}),
      ...(args['no-fire-once'] ? { fireOnce: null } : {}),
      ...(args.paused ? { active: false } : {}),
    };
    if (Object.keys(change).length === 0) {
      throw new SchedulerError('usage/nothing-to-change', 'update needs at least one option that says what to change.');
    }
    const testRun = args['test-run'];
    const done = context.progress(testRun ? `Running ${task.name} once` : `Checking ${change.tool ?? task.tool}`);
    try {
      const options = { installEntry: !args['no-os'], validate: !args['skip-validation'] };
      const { stop } = context.environment;
      const updated = testRun
        ? await (await application.testedTasks()).update(task, change, 'cli', { ...options, stop })
        : await tasks.update(task.id, change, 'cli', options);
      return { ...updated, usage: tasks.usage(task.id) };
    } catch (error) {
      throw withChoices(error, saveAnyway);
    } finally {
      done();
    }
  },
  text: ({ task, warnings, usage }, view) =>
    blocks(describeTask(task, view), describeUsage(usage, view), describeWarnings(warnings, view)),
});
