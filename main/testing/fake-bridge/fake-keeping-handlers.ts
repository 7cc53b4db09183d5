import type { IpcParsedInput } from '../../contract/ipc.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { FakeHandlers } from './fake-bridge.ts';
import type { FakeParts } from './fake-handlers.ts';

/** Changes and undo over the world's own record; backups and ncp's entries as the world has them. */
export function keepingHandlers({ world, bridge }: FakeParts) {
  const told = <T>(answer: T): T => {
    bridge().emit('schedule.changed', world.schedule());
    return answer;
  };
  const undo = (changeId: number) => {
    const change = world.history.undoChange(changeId, world.tasks, world.now());
    return { undone: [changeId], changes: [change], refused: [] };
  };
  return {
    'history.list': (filter: IpcParsedInput<'history.list'>) => ({ changes: world.history.list(filter) }),
    'history.undo': ({ changeId }: IpcParsedInput<'history.undo'>) => told(undo(changeId)),
    'history.undoAll': ({ batch }: IpcParsedInput<'history.undoAll'>) => {
      const changes = world.history.list({ batch, limit: 1000 });
      if (changes.length === 0) throw new SchedulerError('history/nothing-to-undo', 'There is nothing to undo.');
      return told({
        undone: changes.map(({ id }) => id),
        changes: changes.map(({ id }) => undo(id).changes).flat(),
        refused: [],
      });
    },
    'backups.list': () => ({ backups: world.backups }),
    'backups.restore': ({ name }: IpcParsedInput<'backups.restore'>) => {
      const changes = world.backups.find((backup) => backup.name === name)?.changes ?? [];
      world.store = { ...world.store, state: 'ok', message: null };
      return told({
        changes,
        kept: `${world.store.path}.replaced-now`,
        batch: changes.length === 0 ? null : 'restore',
      });
    },
    'legacy.list': () => ({ entries: world.legacyEntries }),
    'legacy.replace': () => {
      const replaced = world.legacyEntries.map(({ timingId, path }) => ({
        timingId,
        path,
        change: 'removed' as const,
      }));
      world.legacyEntries = [];
      return told({ replaced, kept: [] });
    },
  } satisfies Partial<FakeHandlers>;
}
