import { quickDraft, splitQuickLine } from '../../contract/quick-line.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../command.ts';
import { list, text } from '../option.ts';
import { describeCreated } from '../text/describe-task.ts';
import { savingOptions } from './task-options.ts';

export const quickAddCommand = defineCommand({
  name: 'quick-add',
  summary: 'Create a task from one line: a schedule, a colon and a command or URL.',
  description:
    'Put a space after the colon that ends the schedule. A line of a crontab is understood too. A URL alone becomes a request. Without LINE, the quick-add window of the running app opens; the packaged program starts the app if it is not running.',
  positionals: {
    line: list('SCHEDULE: COMMAND. Quote only the characters that your shell would interpret.', 'LINE'),
  },
  options: {
    name: text('Name of the task. Default: derived from the command.', 'NAME'),
    timezone: text("IANA time zone of the schedule, for example Europe/Paris. Default: this machine's.", 'ZONE'),
    'no-os': savingOptions['no-os'],
  },
  answers: 'task, timing, nextRuns (5), warnings, as for `create`; or opened (true) if the window was opened.',
  examples: [
    { line: 'quick-add "every weekday at 9am: curl -fsS https://example.org/ping"', does: 'create the task' },
    { line: 'quick-add', does: 'open the quick-add window' },
  ],
  run: async (context, args) => {
    if (args.line === undefined) return openWindow(context);
    const line = splitQuickLine(args.line.join(' '));
    if (line.schedule === '' || line.command === '') throw incomplete(args.line.join(' '));
    const { timezone } = args;
    const draft = {
      ...quickDraft(line),
      ...(args.name === undefined ? {} : { name: args.name }),
      ...(timezone === undefined ? {} : { timezone }),
    };
    const tasks = await (await context.application()).tasks();
    return tasks.create(draft, 'cli', { installEntry: !args['no-os'] });
  },
  text: (result, view) => ('opened' in result ? 'The quick-add window is open.' : describeCreated(result, view)),
});

/** Never called in the packaged program, which starts as the app if there is no line (start-mode.ts). */
async function openWindow(context: CommandContext): Promise<{ opened: true }> {
  const primary = await (await context.application()).primary();
  if (primary === null) {
    throw new SchedulerError(
      'usage/missing-argument',
      'The app is not running, so its quick-add window cannot open. Start the app, or give the line: quick-add "every day at 9am: COMMAND".',
      { missing: ['LINE'] },
    );
  }
  await primary.call('window.show', { target: { view: 'quick-add' } });
  return { opened: true };
}

function incomplete(line: string): SchedulerError {
  return new SchedulerError(
    'usage/incomplete-line',
    `"${line}" is incomplete: write SCHEDULE: COMMAND, with a space after the colon.`,
    { line },
  );
}
