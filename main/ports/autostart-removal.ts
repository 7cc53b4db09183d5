/** The file that starts the app at login. */
export interface Autostart {
  /** Returns its absolute path; null if there is none. */
  path(): string | null;
  remove(): void;
  /** What to do by hand on a system that keeps it elsewhere; null if nothing. */
  readonly byHand: string | null;
}
