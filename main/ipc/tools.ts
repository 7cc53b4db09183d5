import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Lists the tools that tasks can run. */
export function toolHandlers(application: Application): HandlersOf<'tools'> {
  return {
    'tools.list': async () => (await application.catalog()).list(),
  };
}
