import { isDeepStrictEqual } from 'node:util';
import { emptySchedule, scheduleText } from '../adapters/storage/schedule/document.ts';
import { integrityProblem } from '../adapters/storage/schedule/integrity.ts';
import type { ScheduleFile } from '../contract/task.ts';
import { scheduleFileSchema } from '../contract/task.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { Store, StoreState } from '../ports/store.ts';

/** A store in memory that a test can make read-only. */
export interface MemoryStore extends Store {
  /** Sets what `state` returns. `read-only` also rejects writes. */
  setState(state: StoreState): void;
}

const path = '/memory/schedule.json';

/**
 * Returns a store in memory.
 * @param initial initial content; not validated
 */
export function memoryStore(initial: Partial<ScheduleFile> = {}, now: () => number = Date.now): MemoryStore {
  let file: ScheduleFile = structuredClone({ ...emptySchedule(), ...initial });
  let state: StoreState = { state: 'ok' };
  let saved: { savedAt: string; file: ScheduleFile }[] = [];
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const replace = (next: ScheduleFile) => {
    assertValid(next);
    file = next;
    saved = [{ savedAt: new Date(now()).toISOString(), file: next }, ...saved].slice(0, 5);
    changed();
  };
  const assertWritable = () => {
    if (state.state === 'read-only') throw new SchedulerError('store/read-only', state.message, { path });
  };
  const backups = () => saved.map((entry, index) => ({ name: `schedule.json.backup-${index + 1}`, ...entry }));

  return {
    path,
    read: () => file,
    update: (change) => {
      assertWritable();
      const draft = structuredClone(file);
      const result = change(draft);
      if (!isDeepStrictEqual(draft, file)) replace(draft);
      return result;
    },
    state: () => state,
    backups,
    restore: (backupName) => {
      assertWritable();
      const backup = backups().find(({ name }) => name === backupName);
      if (backup === undefined) throw new SchedulerError('store/no-backup', `There is no backup "${backupName}".`, {});
      replace(structuredClone(backup.file));
      return `${path}.replaced-0`;
    },
    adopt: (convert) => {
      assertWritable();
      const next = convert(scheduleText(file));
      if (next === null) return null;
      replace(structuredClone(next));
      return `${path}.replaced-0`;
    },
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

function assertValid(file: ScheduleFile): void {
  const parsed = scheduleFileSchema.safeParse(file);
  const issue = parsed.success ? integrityProblem(file) : parsed.error.issues[0];
  if (issue === undefined || issue === null) return;
  throw new SchedulerError('store/invalid', `${issue.path.map(String).join('.')} ${issue.message}`, {});
}
