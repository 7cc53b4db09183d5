/** Starts this program's command line again for the same data directory, in a process that outlives this one. */
export interface OwnProgram {
  /** Starts it and returns its first line of output; empty if it ended without output. */
  firstLine(args: readonly string[]): Promise<string>;
  /** Starts it without waiting for it. */
  launch(args: readonly string[]): void;
}
