import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

export function settingsHandlers(application: Application): HandlersOf<'settings'> {
  return {
    'settings.get': () => ({ settings: application.settings.read() }),
    'settings.update': ({ change }) => ({ settings: application.settings.update(change) }),
  };
}
