import type { ImportKind } from '../contract/transfer.ts';

/** A file of our own format, not yet read. */
export interface OwnFile {
  readonly kind: 'ncp-scheduler';
  readonly text: string;
}

/** Files that somebody asks to import, on this machine. Only ever read. */
export interface ImportFiles {
  /**
   * Reads a file and tells its kind by its content.
   * @param kind what it is, where the content must not decide
   * @throws SchedulerError `usage/import-unreadable`, `usage/import-unknown-kind`
   */
  read(path: string, kind: ImportKind | null): Promise<OwnFile>;
}
