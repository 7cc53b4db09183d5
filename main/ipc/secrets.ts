import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Lists, sets and removes secrets. Returns only names, never values. */
export function secretHandlers(application: Application): HandlersOf<'secrets'> {
  return {
    'secrets.list': async () => (await application.secrets()).list(),
    'secrets.set': async ({ name, value }) => {
      const secrets = await application.secrets();
      secrets.set(name, value);
      return secrets.list();
    },
    'secrets.remove': async ({ name }) => {
      const secrets = await application.secrets();
      secrets.remove(name);
      return secrets.list();
    },
  };
}
