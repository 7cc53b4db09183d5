import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Reads and follows logs of runs, in pieces. */
export function logHandlers(application: Application, host: Host): HandlersOf<'logs'> {
  return {
    'logs.read': async ({ executionId, offset }) => (await application.logs()).read(executionId, offset),
    'logs.follow': async ({ executionId }) => {
      const logs = await application.logs();
      logs.follow(executionId, (size) => host.send('logs.grew', { executionId, size }));
      return {};
    },
    'logs.picture': async ({ executionId, name }) => ({
      source: (await application.logs()).picture(executionId, name),
    }),
    'logs.unfollow': async ({ executionId }) => {
      (await application.logs()).unfollow(executionId);
      return {};
    },
  };
}
