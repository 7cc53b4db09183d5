/** Reads the logs of executions; workers write them. */
export interface LogFiles {
  /** Returns the current size of the file in bytes, 0 if it does not exist. */
  size(path: string): number;
  /** Returns when the file was last written, in epoch ms; null if it does not exist. */
  writtenAt(path: string): number | null;
  /**
   * Returns at most `maxBytes` from `offset` on, cut between characters; empty at the end or if the file does not
   * exist.
   */
  read(path: string, offset: number, maxBytes: number): { text: string; nextOffset: number };
  /**
   * Returns the lines at the end of the file, at most `maxBytes`, and the bytes between which they are. `offset` is the
   * start of a line unless one line is longer than `maxBytes`.
   */
  end(path: string, maxBytes: number): { text: string; offset: number; nextOffset: number };
  /** Returns the whole file; null if it does not exist. */
  whole(path: string): Buffer | null;
  /** Follows one growing log from its beginning. */
  tail(path: string): LogTail;
  /** Creates a temporary log for a run that is not recorded. */
  scratch(): Promise<ScratchLog>;
}

/** Remembers how far a log was read, even when it outgrows its limit and a shorter file replaces it. */
export interface LogTail {
  /** Returns what was written since the last call. */
  read(): Iterable<Buffer>;
}

export interface ScratchLog {
  /** Absolute. */
  readonly path: string;
  text(): Promise<string>;
  remove(): Promise<void>;
}
