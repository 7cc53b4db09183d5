/** Whether `ncp-scheduler` can be typed in a shell. */
export interface ShellCommandState {
  /** Where the command lies, or would lie. */
  readonly path: string;
  /**
   * `foreign`: a file of this name that is not ours, which is never touched. `stale`: ours, but it calls a program that
   * has moved; `install` mends it.
   */
  readonly state: 'installed' | 'absent' | 'stale' | 'foreign';
  /** True where the person's shells find what lies there. */
  readonly onPath: boolean;
  /** What a person types to put the folder on the PATH; null where it is. */
  readonly addToPath: string | null;
}

/** The command for shells, made and removed on the person's word. */
export interface ShellCommand {
  state(): Promise<ShellCommandState>;
  /** @throws SchedulerError `usage/foreign-file` where a file that is not ours has the name, `usage/unwritable-file`. */
  install(): Promise<ShellCommandState>;
  /** Removes ours only. @throws SchedulerError as `install`. */
  remove(): Promise<ShellCommandState>;
}
