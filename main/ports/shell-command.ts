/** Whether the command `ncp-scheduler` is available in a shell. */
export interface ShellCommandState {
  /** Where the command is, or would be installed. */
  readonly path: string;
  /**
   * `foreign`: a file of this name that this app did not make; it is never touched. `stale`: this app's command calls a
   * program that has moved; `install` fixes it.
   */
  readonly state: 'installed' | 'absent' | 'stale' | 'foreign';
  /** True if the person's shells find programs in the folder. */
  readonly onPath: boolean;
  /** The command that adds the folder to the PATH; null if it is on the PATH. */
  readonly addToPath: string | null;
}

/** The shell command, installed and removed when a person asks for it. */
export interface ShellCommand {
  state(): Promise<ShellCommandState>;
  /** @throws SchedulerError `usage/foreign-file` if another program's file has the name, `usage/unwritable-file`. */
  install(): Promise<ShellCommandState>;
  /** Removes only this app's command. @throws SchedulerError as `install`. */
  remove(): Promise<ShellCommandState>;
}
