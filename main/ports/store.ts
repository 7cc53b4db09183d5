import type { ScheduleFile } from '../contract/task.ts';

/**
 * `ok`: read and writable. `read-only`: the file cannot be parsed, is newer than this version or cannot be written;
 * nothing is ever written over it, and `message` says what is wrong and what to do.
 */
export type StoreState = { readonly state: 'ok' } | { readonly state: 'read-only'; readonly message: string };

/** An earlier content of `schedule.json`. */
export interface StoreBackup {
  /** File name in the data directory: `schedule.json.backup-1` is the newest. */
  readonly name: string;
  /** ISO instant at which it was saved. */
  readonly savedAt: string;
  /** What restoring it would bring back, or null where the backup itself cannot be read. */
  readonly file: ScheduleFile | null;
}

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
   * @throws SchedulerError `store/unreadable`, `store/newer`, `store/read-only`, `store/disk-full`,
   * `store/locked`; `store/invalid` where `change` left a schedule that breaks a rule.
   */
  update<T>(change: (draft: ScheduleFile) => T): T;
  state(): StoreState;
  /** The five rolling backups, newest first. The newest is what this app last wrote. */
  backups(): StoreBackup[];
  /**
   * Replaces the schedule by a backup, also while it is unreadable. What was there is kept as
   * `schedule.json.replaced-<time>`, and its path is handed back (null where there was no file).
   * @throws SchedulerError `store/no-backup`, `store/read-only`, `store/locked`.
   */
  restore(backupName: string): string | null;
  /**
   * Replaces a file that another program wrote: `convert` gets its text and answers the schedule to write instead, or
   * null to leave all as it is. What was there is kept as `schedule.json.replaced-<time>`, and its path is handed back.
   * @throws SchedulerError `store/read-only`, `store/locked`, `store/invalid`, and what `convert` throws.
   */
  adopt(convert: (text: string) => ScheduleFile | null): string | null;
  /** Calls `listener` after the file changed, by us or by anybody else. Returns the function that stops it. */
  watch(listener: () => void): () => void;
}
