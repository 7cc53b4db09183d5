import { defineCommand } from '../command.ts';
import { givenPause, pauseOptions } from './pause.ts';

export const pauseAllCommand = defineCommand({
  name: 'pause-all',
  summary: 'Stop all scheduled firing. Runs by hand still work.',
  positionals: {},
  options: pauseOptions,
  answers: 'paused: since, until, note.',
  examples: [{ line: 'pause-all --until "in 2 hours" --note "presentation"', does: 'quiet for two hours' }],
  run: async (context, args) => (await (await context.application()).tasks()).pauseAll(givenPause(args), 'cli'),
  text: ({ paused }, view) => {
    const until = paused?.until === undefined ? 'until `resume-all`' : `until ${view.instant(paused.until)}`;
    return `All scheduled firing is paused, ${until}.`;
  },
});
