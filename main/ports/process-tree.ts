/** A process, told apart from a later one with the same pid by its start time. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in a form that only has to be compared for equality (Linux: `starttime` of /proc/PID/stat). */
  readonly startedAt: string;
}

export interface TreeUsage {
  /** Resident memory of all live processes of the tree, in bytes. */
  readonly memoryBytes: number;
  /** CPU time used so far by live processes, in ms. */
  readonly cpuMs: number;
  readonly processes: number;
}

/**
 * What one execution started, found by descent and by the mark in its environment (`NCP_EXECUTION_ID`). `root` is its
 * worker; where that is gone and its number may be another process's by now, it is 0, and the mark alone counts.
 */
export interface ProcessTree {
  /** This process, or null for one that is gone. */
  identify(pid: number): ProcessIdentity | null;
  isAlive(process: ProcessIdentity): boolean;
  /** Everything below `root`, and every process that carries the execution's mark, `root` itself left out. */
  descendants(root: number, executionId: string): ProcessIdentity[];
  /** What the descendants use now, `root` itself left out. Asynchronous, since macOS and Windows have to ask a program. */
  usage(root: number, executionId: string): Promise<TreeUsage>;
  /**
   * Sends `signal` to every descendant, and looks again until none is left that was not signalled, so that a fast
   * forker does not escape. Returns those still alive afterwards.
   */
  signal(root: number, executionId: string, signal: 'SIGTERM' | 'SIGKILL'): ProcessIdentity[];
}
