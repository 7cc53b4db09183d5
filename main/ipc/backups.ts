import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Lists and restores earlier versions of the schedule file. */
export function backupHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'backups'> {
  return {
    'backups.list': async () => ({ backups: (await application.backups()).list() }),
    'backups.restore': async ({ name }) => (await application.backups()).restore(name, author),
  };
}
