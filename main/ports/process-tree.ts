/** A process. The start time distinguishes it from a later process with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in a form that only has to be compared for equality (Linux: `starttime` of /proc/PID/stat). */
  readonly startedAt: string;
}

export interface TreeUsage {
  /** Resident memory of all live processes of the tree, in bytes. */
  readonly memoryBytes: number;
  /** CPU time used so far by the live processes, in ms. */
  readonly cpuMs: number;
  readonly processes: number;
}

/**
 * Finds the processes that one execution started, by descent and by the mark in their environment (`NCP_EXECUTION_ID`).
 * `root` is the worker's pid. It is 0 if the worker serves other executions too, or is gone and its pid may have been
 * reused: then only the mark and what `leads` recorded count.
 */
export interface ProcessTree {
  /**
   * `group`: the runs of this process are in control groups, which nothing leaves. `search`: their processes are found in
   * the process table, which a program can evade on purpose.
   */
  readonly containment: 'group' | 'search';
  /** Returns this process, or null if it no longer exists. */
  identify(pid: number): ProcessIdentity | null;
  isAlive(process: ProcessIdentity): boolean;
  /** Records that `pid` was started for this execution, below `root`, as leader of its own session and process group. */
  leads(root: number, executionId: string, pid: number): void;
  /** Returns all processes below `root` and all that carry the execution's mark, without `root` itself. */
  descendants(root: number, executionId: string): ProcessIdentity[];
  /**
   * Returns whether the process is one of these. Unlike `descendants`, which leaves it out because nothing may end it,
   * this knows the calling process too.
   */
  contains(root: number, executionId: string, pid: number): boolean;
  /**
   * Returns what the descendants use now, without `root`. Asynchronous, because macOS and Windows must ask a program.
   */
  usage(root: number, executionId: string): Promise<TreeUsage>;
  /**
   * Sends `signal` to every descendant and repeats until it finds only signalled ones, so that a fast forker does not
   * escape. Returns the processes that are still alive.
   */
  signal(root: number, executionId: string, signal: 'SIGTERM' | 'SIGKILL'): ProcessIdentity[];
  /** Frees what the system keeps for an execution, when its worker and all of its processes have ended. */
  ended(executionId: string): void;
}
