/** The environment with which tasks start, and its source. */
export interface LoginEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** `process`: Windows, where every program gets the person's environment. `fallback`: see `problem`. */
  readonly source: 'login-shell' | 'cache' | 'process' | 'fallback';
  /** ISO instant of the capture; null if nothing was captured. */
  readonly capturedAt: string | null;
  /** Why the login shell's environment could not be read, for people; null if it could. */
  readonly problem: string | null;
}

/**
 * Reads the environment of the person's login shell. No method rejects: without a usable shell, the result has a
 * default PATH.
 */
export interface LoginShell {
  /** Returns the environment that tasks get: captured once and stored in a file. */
  captured(): Promise<LoginEnvironment>;
  /** Returns the environment of a new login shell without storing it. */
  present(): Promise<LoginEnvironment>;
  /** Captures the environment again and stores it. */
  refresh(): Promise<LoginEnvironment>;
}
