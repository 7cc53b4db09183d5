import type { ScheduleFile } from '../contract/task.ts';

/**
 * `ok`: read and writable. `read-only`: the file cannot be parsed, is newer than this version or cannot be written;
 * nothing is ever written over it, and `message` says what is wrong and what to do.
 */
export type StoreState = { readonly state: 'ok' } | { readonly state: 'read-only'; readonly message: string };

/** The definitions: `schedule.json`. */
export interface Store {
  /** Absolute path of the file, for messages. */
  readonly path: string;
  /**
   * The definitions as they are on disk now. A missing file is an empty schedule. Do not change the object.
   * @throws SchedulerError `store/unreadable`, `store/newer` where there is nothing valid to show.
   */
  read(): ScheduleFile;
  /**
   * Read, change and write under the ledger's write lock, so that no other process can come between. `change` gets a
   * deep copy that it may edit, and its return value is handed back. Nothing is written if it throws.
   * Synchronous on purpose: the lock is a SQLite write transaction.
   * @throws SchedulerError `store/unreadable`, `store/newer`, `store/read-only`, `store/locked`.
   */
  update<T>(change: (draft: ScheduleFile) => T): T;
  state(): StoreState;
  /** Calls `listener` after the file changed, by us or by anybody else. Returns the function that stops it. */
  watch(listener: () => void): () => void;
}
