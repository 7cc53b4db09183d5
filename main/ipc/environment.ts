import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Compares and refreshes the environment of tasks. */
export function environmentHandlers(application: Application): HandlersOf<'environment'> {
  return {
    'environment.compare': async () => (await application.environment()).compare(),
    'environment.refresh': async () => (await application.environment()).refresh(),
  };
}
