/** A process to signal. */
export interface Target {
  readonly pid: number;
  /** Its process group, where all of that group belongs to the execution; null where it is shared with others. */
  readonly group: number | null;
}

/** A fast forker is chased this often. A process group is signalled in one step, so one round is the rule. */
const MAX_ROUNDS = 50;

/**
 * Signals every process `look` finds, group by group, until it finds none that was not signalled.
 * SIGTERM is followed by SIGCONT: a stopped process would not act on it otherwise.
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

/** Sends to a process, or to a group by its negative number. False when there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  if (Math.abs(pid) <= 1) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    // ESRCH: it is gone already, which is what is wanted. EPERM: it became another user's; the caller sees it alive.
    return false;
  }
}
