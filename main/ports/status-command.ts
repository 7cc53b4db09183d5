/** Settings of one status command. */
export interface StatusCommandOptions {
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/**
 * Runs a program that only says something about itself. Returns its exit code; null if it could not be started or did not
 * end in time. Its output is thrown away: it may name an account.
 */
export type StatusCommand = (
  program: string,
  args: readonly string[],
  options: StatusCommandOptions,
) => Promise<number | null>;
