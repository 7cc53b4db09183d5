import { defineCommand } from '../command.ts';
import { text } from '../option.ts';
import { describeTask } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';
import { taskPositional } from './positionals.ts';

/** The options of `pause` and `pause-all`. */
export const pauseOptions = {
  until: instant('Resume automatically at this instant.', 'future'),
  note: text('Reason, shown while it is paused.'),
} as const;

export const pauseCommand = defineCommand({
  name: 'pause',
  summary: 'Pause a task. Its slots are recorded as skipped.',
  positionals: taskPositional,
  options: pauseOptions,
  answers: 'task.',
  examples: [
    { line: 'pause Backup --until "tomorrow 9am" --note "the disk is away"', does: 'pause the task until tomorrow' },
  ],
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
