/** A process to signal. */
export interface Target {
  readonly pid: number;
  /** Its process group, if the whole group belongs to the execution; null if other processes share it. */
  readonly group: number | null;
}

/** Largest number of rounds against a fast forker. A process group is signalled in one step, so one round is usual. */
const MAX_ROUNDS = 50;

/**
 * Signals every process that `look` finds, group by group, until it finds only signalled ones. Sends SIGCONT after
 * SIGTERM, because a stopped process does not act on SIGTERM.
 */
export function signalAll(look: () => readonly Target[], signal: 'SIGTERM' | 'SIGKILL'): void {
  const done = new Set<number>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const fresh = look().filter((target) => !done.has(target.pid));
    if (fresh.length === 0) return;
    const groups = new Set(fresh.map((target) => target.group).filter((group) => group !== null));
    for (const group of groups) sendSignal(-group, signal);
    for (const target of fresh) {
      done.add(target.pid);
      if (target.group === null || signal === 'SIGKILL') sendSignal(target.pid, signal);
      if (signal === 'SIGTERM') sendSignal(target.pid, 'SIGCONT');
    }
  }
}

/** Signals a process, or a group by its negative id. Returns false if there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  if (Math.abs(pid) <= 1) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    // ESRCH: it has already ended, as intended. EPERM: it became another user's; the caller finds it alive.
    return false;
  }
}
