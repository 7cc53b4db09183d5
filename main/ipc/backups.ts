import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { withSentences } from './schedule-sentences.ts';

/** Lists and restores earlier versions of the schedule file. */
export function backupHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'backups'> {
  return {
    'backups.list': async () => {
      const { clock } = application.timeStyle();
      const backups = (await application.backups()).list();
      return { backups: backups.map((backup) => ({ ...backup, changes: withSentences(backup.changes, clock) })) };
    },
    'backups.restore': async ({ name }) => (await application.backups()).restore(name, author),
  };
}
