/** Files outside the data directory that this app keeps up to date for other programs. */
export interface PublishedFiles {
  /**
   * Replaces a file as a whole: a reader sees the old content or the new one, never a part. Refuses to replace a file
   * that does not hold `mark`, which this app did not write, and a link.
   * @throws SchedulerError `usage/unwritable-file`, which names the path and the reason.
   */
  write(file: PublishedFile): void;
}

export interface PublishedFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
  /** A text near the start of `content` that shows who wrote it. */
  readonly mark: string;
  /** Who can read it: only its owner, or every user of the machine, such as the one of node_exporter. */
  readonly readers: 'owner' | 'everyone';
}
