import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Reads and follows logs of runs, in pieces. */
export function logHandlers(application: Application, host: Host): HandlersOf<'logs'> {
  return {
    'logs.read': async ({ executionId, offset, maxBytes }) =>
      (await application.logs()).read(executionId, offset, maxBytes),
    'logs.readEnd': async ({ executionId }) => (await application.logs()).readEnd(executionId),
    'logs.compare': async ({ executionId }) => (await application.logs()).compare(executionId),
    'logs.save': async ({ executionId }) => {
      const execution = (await application.executions()).find(executionId);
      // Read first: a log that is gone is reported before the person chooses a file.
      const bytes = (await application.logs()).whole(execution);
      const file = await host.chooseLogFile(`${execution.taskName} ${executionId}.log`);
      if (file !== null) host.writeFile(file, bytes);
      return { file };
    },
    'logs.follow': async ({ executionId }) => {
      const logs = await application.logs();
      logs.follow(executionId, (size) => host.send('logs.grew', { executionId, size }), host);
      return {};
    },
    'logs.media': async ({ executionId, name }) => ({
      source: (await application.logs()).media(executionId, name),
    }),
    'logs.unfollow': async ({ executionId }) => {
      (await application.logs()).unfollow(executionId, host);
      return {};
    },
  };
}
