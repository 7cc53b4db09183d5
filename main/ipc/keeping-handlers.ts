import type { ChangeHistory } from '../services/history/change-history.ts';
import type { LegacyOsEntries } from '../services/migration/legacy-os-entries.ts';
import type { ScheduleRestore } from '../services/history/schedule-restore.ts';
import type { IpcHandlers } from './envelope.ts';

export interface KeepingServices {
  readonly history: Pick<ChangeHistory, 'list' | 'undo' | 'undoAll'>;
  readonly backups: Pick<ScheduleRestore, 'list' | 'restore'>;
  readonly legacy: Pick<LegacyOsEntries, 'list' | 'replace'>;
  /** After a change that the file watcher would report only later. */
  changed(): void;
}

type KeepingHandlers = Pick<IpcHandlers, Extract<keyof IpcHandlers, `${'history' | 'backups' | 'legacy'}.${string}`>>;

const author = 'window';

/** Changes, backups and what ncp left, for the window. */
export function keepingHandlers(services: KeepingServices): KeepingHandlers {
  const { history, backups, legacy } = services;
  const told = <T>(answer: T): T => {
    services.changed();
    return answer;
  };
  return {
    'history.list': (filter) => ({ changes: history.list(filter) }),
    'history.undo': async ({ changeId }) => told(await history.undo(changeId, author)),
    'history.undoAll': async ({ partial, ...filter }) => told(await history.undoAll(filter, author, { partial })),
    'backups.list': () => ({ backups: backups.list() }),
    'backups.restore': async ({ name }) => told(await backups.restore(name, author)),
    'legacy.list': async () => ({ entries: await legacy.list() }),
    'legacy.replace': async () => told(await legacy.replace()),
  };
}
