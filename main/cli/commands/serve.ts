import { defineService } from '../command.ts';
import { flag } from '../option.ts';
import { safeLine } from '../../domain/escaped-text.ts';

export const serveCommand = defineService({
  name: 'serve',
  summary: 'Run the scheduler in the foreground without a window, until SIGTERM or Ctrl-C.',
  description: 'For servers and containers. Other commands use it in the same way as the running app.',
  positionals: {},
  options: { demo: flag('Add four tasks that run every minute, if the data directory is empty.') },
  answers: 'one line of JSON per event, with or without --json.',
  examples: [{ line: 'serve', does: 'run tasks on time until it is stopped' }],
  stream: async (context, args) => {
    const { stdout, environment } = context;
    const application = await context.application();
    // Lines are written in order. A reader that stops reading must not stop the scheduler.
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
