/** The environment with which tasks start, and its source. */
export interface LoginEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /**
   * `cache`: captured earlier. `process`: Windows, where every program gets the person's environment. `fallback`: see
   * `problem`.
   */
  readonly source: 'login-shell' | 'cache' | 'process' | 'fallback';
  /** ISO instant of the capture; null if nothing was captured. */
  readonly capturedAt: string | null;
  /**
   * Why the login shell's environment could not be read, for people; null if it could. An environment that was captured
   * before is then kept.
   */
  readonly problem: string | null;
}

/**
 * Reads the environment of the person's login shell. No method rejects: without a usable shell, the result has a
 * default PATH.
 */
export interface LoginShell {
  /**
   * Returns the environment that tasks get: as it was captured and stored, or captured again if the shell or a file that
   * it reads has changed since.
   */
  captured(): Promise<LoginEnvironment>;
  /** As `captured`, and captures again if the last attempt is at least this old, in ms. */
  renew(maxAgeMs: number): Promise<LoginEnvironment>;
  /** Returns the environment of a new login shell without storing it. */
  present(): Promise<LoginEnvironment>;
  /** Captures the environment again and stores it. If that fails, the stored one is kept and returned. */
  refresh(): Promise<LoginEnvironment>;
}
