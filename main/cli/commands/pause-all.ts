import { defineCommand } from '../command.ts';
import { givenPause, pauseOptions } from './pause.ts';

export const pauseAllCommand = defineCommand({
  name: 'pause-all',
  summary: 'Pause all schedules. Tasks can still be run manually.',
  positionals: {},
  options: pauseOptions,
  answers: 'paused: since, until, note.',
  examples: [{ line: 'pause-all --until "in 2 hours" --note "presentation"', does: 'pause everything for two hours' }],
  run: async (context, args) => (await (await context.application()).tasks()).pauseAll(givenPause(args), 'cli'),
  text: ({ paused }, view) => {
    const until = paused?.until === undefined ? 'you run `resume-all`' : view.instant(paused.until);
    return `All schedules are paused until ${until}.`;
  },
});
