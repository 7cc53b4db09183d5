import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Lists and replaces the entries that ncp left in the OS scheduler. */
export function legacyHandlers(application: Application): HandlersOf<'legacy'> {
  return {
    'legacy.list': async () => ({ entries: await (await application.migration()).legacyEntries() }),
    'legacy.replace': async () => (await application.migration()).replaceLegacyEntries(),
  };
}
