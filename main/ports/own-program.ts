/** Starts this program's command line again, in a process that outlives this one. */
export interface OwnProgram {
  /** Starts it and returns its first line of output; empty where it ended without one. */
  firstLine(args: readonly string[]): Promise<string>;
  /** Starts it and forgets it. */
  launch(args: readonly string[]): void;
}
