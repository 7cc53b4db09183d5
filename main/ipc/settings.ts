import type { Application } from '../application/application.ts';
import { author } from './author.ts';
import type { HandlersOf } from './handlers.ts';

export function settingsHandlers(application: Application): HandlersOf<'settings'> {
  return {
    'settings.get': () => ({ settings: application.settings.read() }),
    'settings.update': async ({ change }) => ({
      settings: (await application.settingsChanges()).update(change, author),
    }),
  };
}
