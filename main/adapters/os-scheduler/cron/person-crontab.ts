import { SchedulerError } from '../../../domain/errors.ts';
import type { PersonCrontab } from '../../../ports/person-crontab.ts';
import type { Crontab } from './crontab.ts';
import { commentedOut, restored } from './moved-lines.ts';

/** Comments out and restores the person's own lines, under the lock and with the copy of every write of a crontab. */
export function createPersonCrontab(crontab: Pick<Crontab, 'update'>): PersonCrontab {
  return {
    commentOut: (lines, seen, mark) => crontab.update((text) => commentedOut(text, lines, seen, mark)),
    restore: async (mark) => {
      let found = 0;
      await crontab.update((text) => {
        const { text: wanted, count } = restored(text, mark);
        found = count;
        return wanted;
      });
      if (found > 0) return found;
      const message = `The crontab has no line marked "${mark}" any more. The copy from before the move is in the folder crontab-backups of the data directory.`;
      throw new SchedulerError('os/crontab-not-marked', message, { mark });
    },
  };
}
