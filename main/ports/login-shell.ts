/** The environment tasks start with, and where it came from. */
export interface LoginEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** `process`: Windows, where every program gets the person's environment. `fallback`: see `problem`. */
  readonly source: 'login-shell' | 'cache' | 'process' | 'fallback';
  /** ISO instant of the capture; null where there was none. */
  readonly capturedAt: string | null;
  /** Why the login shell's environment could not be read, for people; null if it could. */
  readonly problem: string | null;
}

/** The environment of the person's login shell. No method rejects: without a usable shell the answer is a sane PATH. */
export interface LoginShell {
  /** What tasks get: captured once and kept in a file. */
  captured(): Promise<LoginEnvironment>;
  /** What a login shell has now. Keeps nothing. */
  present(): Promise<LoginEnvironment>;
  /** Captures the environment again and keeps it. */
  refresh(): Promise<LoginEnvironment>;
}
