import { existsSync, readFileSync } from 'node:fs';
import type { ManyTasks } from './shared-tasks.ts';

/** A start that the task itself has written down. */
export interface Start {
  readonly taskId: string;
  readonly slot: string;
  readonly attempt: number;
  /** The home directory of the member. */
  readonly home: string;
  readonly pid: number;
}

export function startsIn(log: string): Start[] {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => {
    const [taskId = '', slot = '', attempt = '', home = '', pid = ''] = line.split(' ');
    return { taskId, slot, attempt: Number(attempt), home, pid: Number(pid) };
  });
}

/** Returns the attempts that were started more often than once: in the fleet or, of a task that each member runs, on one member. */
export function startedTwice(starts: readonly Start[], { tasks }: ManyTasks): string[] {
  const seen = new Set<string>();
  return starts.flatMap(({ taskId, slot, attempt, home }) => {
    const key = [taskId, slot, attempt, tasks.get(taskId)?.mode === 'each' ? home : ''].join(' ');
    if (seen.has(key)) return key;
    seen.add(key);
    return [];
  });
}

/** Returns the processes of runs that are still alive. The number of one that has ended may belong to another program. */
export function survivors(starts: readonly Start[]): Start[] {
  return starts.filter(({ pid, home }) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(home);
    } catch {
      return false;
    }
  });
}
