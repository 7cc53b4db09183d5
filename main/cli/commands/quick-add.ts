import { nameOfCommand, splitQuickLine } from '../../contract/quick-line.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../command.ts';
import { list, text } from '../option.ts';
import { describeCreated } from '../text/describe-task.ts';
import { savingOptions } from './task-options.ts';

export const quickAddCommand = defineCommand({
  name: 'quick-add',
  summary: 'Add a shell task by one line: when, a colon, and what.',
  description:
    'The colon that ends the schedule has a space after it. Without a line the small window of the running app opens; the packaged program starts the app for it.',
  positionals: {
    line: list('SCHEDULE: COMMAND. Quotes are only needed for what the shell would take itself.', 'LINE'),
  },
  options: {
    name: text('Name of the task. Default: made from the command.', 'NAME'),
    timezone: text('IANA time zone the schedule is read in. Default: the one of this machine.', 'ZONE'),
    'no-os': savingOptions['no-os'],
  },
  answers: 'as create: task, timing, nextRuns (5), warnings; opened (true) where the window was opened instead.',
  examples: [
    { line: 'quick-add "every weekday at 9am: curl -fsS https://example.org/ping"', does: 'saved at once' },
    { line: 'quick-add', does: 'the small window, to type the line and see what it means' },
  ],
  run: async (context, args) => {
    if (args.line === undefined) return openWindow(context);
    const { schedule, command } = splitQuickLine(args.line.join(' '));
    if (schedule === '' || command === '') throw incomplete(args.line.join(' '));
    const { timezone } = args;
    const draft = {
      name: args.name ?? nameOfCommand(command),
      schedule,
      tool: 'shell:run',
      parameters: { command },
      ...(timezone === undefined ? {} : { timezone }),
    };
    const tasks = await (await context.application()).tasks();
    return tasks.create(draft, 'cli', { installEntry: !args['no-os'] });
  },
  text: (result, view) => ('opened' in result ? 'The window is open.' : describeCreated(result, view)),
});

/** The packaged program never comes here: without a line it starts as the app (start-mode.ts). */
async function openWindow(context: CommandContext): Promise<{ opened: true }> {
  const primary = await (await context.application()).primary();
  if (primary === null) {
    throw new SchedulerError(
      'usage/missing-argument',
      'No app is running that could open its window. Start it, or write the line: quick-add "every day at 9am: COMMAND".',
      { missing: ['LINE'] },
    );
  }
  await primary.call('window.show', { target: { view: 'quick-add' } });
  return { opened: true };
}

function incomplete(line: string): SchedulerError {
  return new SchedulerError(
    'usage/incomplete-line',
    `"${line}" does not say when and what: write SCHEDULE: COMMAND, with a space after the colon.`,
    { line },
  );
}
