import { defineService } from '../command.ts';
import { flag } from '../option.ts';
import { safeLine } from '../../domain/escaped-text.ts';

export const serveCommand = defineService({
  name: 'serve',
  summary: 'Run the scheduler without a window, in the foreground, until SIGTERM or Ctrl-C.',
  description: 'For servers and containers. Other commands find it as they find the app.',
  positionals: {},
  options: { demo: flag('Fill an empty data directory with four tasks of every minute.') },
  answers: 'one line of JSON per event, with or without --json.',
  examples: [{ line: 'serve', does: 'tasks run on time as long as it does' }],
  stream: async (context, args) => {
    const { stdout, environment } = context;
    const application = await context.application();
    // Lines go out one after the other; somebody who stopped reading must not stop the scheduler.
    let written = Promise.resolve();
    await application.serve({
      stop: environment.stop,
      ...(args.demo && { prepare: () => environment.fillDemo(application) }),
      onEvent: (event) => {
        written = written.then(() => stdout.write(`${safeLine(event)}\n`)).catch(() => undefined);
      },
    });
    await written;
    return 0;
  },
});
