import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Installs and removes the shell command `ncp-scheduler`. */
export function commandHandlers(application: Application): HandlersOf<'command'> {
  return {
    'command.state': async () => (await application.shellCommand()).state(),
    'command.install': async () => (await application.shellCommand()).install(),
    'command.remove': async () => (await application.shellCommand()).remove(),
  };
}
