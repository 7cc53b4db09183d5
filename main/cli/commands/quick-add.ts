import { readCurl } from '../../contract/curl/read-curl.ts';
import { readPasted, requestOf } from '../../contract/pasted-task.ts';
import type { PastedTask } from '../../contract/pasted-task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../command.ts';
import { flag, list, text } from '../option.ts';
import { describeCreated } from '../text/describe-task.ts';
import { savingOptions } from './task-options.ts';

export const quickAddCommand = defineCommand({
  name: 'quick-add',
  summary: 'Create a task from one line: a schedule, a colon and a command or URL.',
  description:
    'Put a space after the colon that ends the schedule. A line of a crontab is understood too, with the variables before it. A URL becomes a request; with --request, a cURL command does. What a task cannot keep is a warning. Without LINE, the quick-add window of the running app opens; the packaged program starts the app if it is not running.',
  positionals: {
    line: list('SCHEDULE: COMMAND. Quote only the characters that your shell would interpret.', 'LINE'),
  },
  options: {
    name: text('Name of the task. Default: derived from the command.', 'NAME'),
    timezone: text("IANA time zone of the schedule, for example Europe/Paris. Default: this machine's.", 'ZONE'),
    request: flag('Send a cURL command as an HTTP request, without curl. A warning says what is lost.'),
    'no-os': savingOptions['no-os'],
  },
  answers: 'task, timing, nextRuns (5), warnings, usage, as for `create`; or opened (true) if the window was opened.',
  examples: [
    { line: 'quick-add "every weekday at 9am: curl -fsS https://example.org/ping"', does: 'create the task' },
    {
      line: `quick-add --request "every hour: curl -d ping https://example.org/beat"`,
      does: 'create a task that sends the request itself',
    },
    { line: 'quick-add', does: 'open the quick-add window' },
  ],
  run: async (context, args) => {
    if (args.line === undefined) return openWindow(context);
    const line = args.line.join(' ');
    const { sketch, notes } = sketchOf(line, args.request);
    const { timezone } = args;
    const draft = {
      ...sketch,
      ...(args.name === undefined ? {} : { name: args.name }),
      ...(timezone === undefined ? {} : { timezone }),
    };
    const tasks = await (await context.application()).tasks();
    const created = await tasks.create(draft, 'cli', { installEntry: !args['no-os'] });
    return { ...created, warnings: [...notes, ...created.warnings] };
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

/** @throws SchedulerError for a line without a schedule or a command, and for several lines of a crontab */
function sketchOf(line: string, asRequest: boolean): PastedTask & { kind: 'task' } {
  const pasted = readPasted(line);
  if (pasted.kind === 'several') {
    throw new SchedulerError(
      'usage/incomplete-line',
      `These are ${pasted.lines} lines of a crontab, and quick-add takes one. Save them to a file and run: ncp-scheduler import FILE --kind crontab.`,
      { line },
    );
  }
  if (pasted.sketch.schedule === '' || pasted.command === '') throw incomplete(line);
  if (!asRequest) return pasted;
  const request = requestOf(pasted);
  if (request !== null) return request;
  const reading = readCurl(pasted.command);
  const isOne = pasted.sketch.tool === 'http:request' || !('problem' in reading);
  const reason = isOne ? 'It is a request already.' : reading.problem;
  throw new SchedulerError('usage/invalid-value', `--request: ${reason}`, { option: '--request', line });
}

function incomplete(line: string): SchedulerError {
  return new SchedulerError(
    'usage/incomplete-line',
    `"${line}" is incomplete: write SCHEDULE: COMMAND, with a space after the colon.`,
    { line },
  );
}
