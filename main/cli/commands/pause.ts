import { defineCommand } from '../command.ts';
import { text } from '../option.ts';
import { describeTask } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';
import { taskPositional } from './positionals.ts';

/** Until when, and why: for one task and for all. */
export const pauseOptions = {
  until: instant('Resume by itself at this instant.', 'future'),
  note: text('Why, for whoever finds it paused.'),
} as const;

export const pauseCommand = defineCommand({
  name: 'pause',
  summary: 'Pause a task: its slots are skipped, and recorded as skipped.',
  positionals: taskPositional,
  options: pauseOptions,
  answers: 'task.',
  examples: [{ line: 'pause Backup --until "tomorrow 9am" --note "the disk is away"', does: 'until tomorrow' }],
  run: async (context, { task, ...rest }) =>
    (await (await context.application()).tasks()).pause(task, givenPause(rest), 'cli'),
  text: ({ task }, view) => describeTask(task, view),
});

export function givenPause({ until, note }: { until: string | undefined; note: string | undefined }): {
  until?: string;
  note?: string;
} {
  return { ...(until === undefined ? {} : { until }), ...(note === undefined ? {} : { note }) };
}
