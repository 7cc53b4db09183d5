import type { ScheduleFile } from '../contract/task.ts';

/**
 * Whether the schedule can be written. `read-only`: the file cannot be parsed, is newer than this version, is missing
 * beside backups with tasks, or cannot be written. It is then never overwritten, and `message` says what is wrong and
 * what to do.
 */
export type StoreState = { readonly state: 'ok' } | { readonly state: 'read-only'; readonly message: string };

/** An earlier content of `schedule.json`. */
export interface StoreBackup {
  /** File name in the data directory; `schedule.json.backup-1` is the newest. */
  readonly name: string;
  /** ISO instant at which the backup was saved. */
  readonly savedAt: string;
  /** The schedule in the backup, or null if the backup cannot be read. */
  readonly file: ScheduleFile | null;
}

/** The definitions of tasks and groups: `schedule.json`. */
export interface Store {
  /** Absolute path of the file, used in messages. */
  readonly path: string;
  /**
   * Returns the definitions now on disk; an empty schedule if no task was ever saved. Do not change the object. While
   * the file is invalid, or missing beside backups with tasks, returns the last valid content.
   * @throws SchedulerError `store/unreadable`, `store/newer` if there has been no valid content to show.
   */
  read(): ScheduleFile;
  /**
   * Reads, changes and writes under the ledger's write lock, so that no other process can interfere. `change` gets a
   * deep copy to edit, and its return value is returned. Writes nothing if it throws. Synchronous, because the lock is
   * a SQLite write transaction.
   * @throws SchedulerError `store/unreadable`, `store/newer`, `store/read-only`, `store/disk-full`, `store/locked`;
   * `store/invalid` if `change` left an invalid schedule.
   */
  update<T>(change: (draft: ScheduleFile) => T): T;
  state(): StoreState;
  /** Returns the five rolling backups, newest first. The newest is what this app last wrote. */
  backups(): StoreBackup[];
  /**
   * Replaces the schedule by a backup, even if the schedule is unreadable. Moves the earlier content to
   * `schedule.json.replaced-<time>` and returns that path (null if there was no file).
   * @throws SchedulerError `store/no-backup`, `store/read-only`, `store/locked`.
   */
  restore(backupName: string): string | null;
  /**
   * Replaces a file that another program wrote. `convert` gets its text and returns the schedule to write, or null to
   * change nothing. Saves the earlier content as `schedule.json.replaced-<time>` and returns that path.
   * @throws SchedulerError `store/read-only`, `store/locked`, `store/invalid`, and what `convert` throws.
   */
  adopt(convert: (text: string) => ScheduleFile | null): string | null;
  /**
   * Calls `listener` after any process changed the file: after a change of this process, as soon as the code that made
   * it is done. Returns the function that stops it.
   */
  watch(listener: () => void): () => void;
}
