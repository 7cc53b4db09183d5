import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** `ncp-scheduler` as a command of the person's shells. */
export function commandHandlers(application: Application): HandlersOf<'command'> {
  return {
    'command.state': async () => (await application.shellCommand()).state(),
    'command.install': async () => (await application.shellCommand()).install(),
    'command.remove': async () => (await application.shellCommand()).remove(),
  };
}
