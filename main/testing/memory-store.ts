import type { ScheduleFile } from '../contract/task.ts';
import { scheduleFileSchema } from '../contract/task.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { Store, StoreState } from '../ports/store.ts';

/** A store in memory that a test can also turn read-only. */
export interface MemoryStore extends Store {
  setState(state: StoreState): void;
}

/** @param initial definitions to start with */
export function memoryStore(initial: Partial<ScheduleFile> = {}): MemoryStore {
  let file: ScheduleFile = structuredClone({ version: '2.0.0', tasks: {}, timings: {}, ...initial });
  let state: StoreState = { state: 'ok' };
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    path: '/memory/schedule.json',
    read: () => file,
    update: (change) => {
      if (state.state === 'read-only') {
        throw new SchedulerError('store/read-only', state.message, { path: '/memory/schedule.json' });
      }
      const draft = structuredClone(file);
      const result = change(draft);
      const checked = scheduleFileSchema.safeParse(draft);
      if (!checked.success) {
        throw new SchedulerError('store/invalid', checked.error.issues[0]?.message ?? 'invalid', {});
      }
      const same = JSON.stringify(draft) === JSON.stringify(file);
      file = draft;
      if (!same) changed();
      return result;
    },
    state: () => state,
    watch: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    setState: (next) => {
      state = next;
      changed();
    },
  };
}
