import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

export function settingsHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'settings'> {
  return {
    'settings.get': () => ({ settings: application.settings.read() }),
    'settings.update': async ({ change }) => ({
      settings: (await application.settingsChanges()).update(change, author),
    }),
  };
}
