import { spawnSync } from 'node:child_process';
import { signalAll } from './signal-all.ts';
import type { ProcessIdentity, ProcessTree, TreeUsage } from '../../ports/process-tree.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { unknownStart, WindowsProcessTable } from './windows-process-table.ts';
import type { WindowsProcess } from './windows-process-table.ts';

/**
 * Finds processes of an execution on Windows by parent. Windows keeps the parent's pid after the parent has ended, so a
 * chain is followed through dead links if one of its members was seen alive. The environment of another process cannot
 * be read on Windows, so the mark is not used; a process whose whole ancestry ended between two looks is missed.
 */
export class WindowsProcessTree implements ProcessTree {
  readonly containment = 'search';
  readonly #seen = new Map<string, Map<number, string>>();
  readonly #last = new Map<string, readonly WindowsProcess[]>();
  readonly #table: Pick<WindowsProcessTable, 'look' | 'lookLater'>;

  constructor(table: Pick<WindowsProcessTable, 'look' | 'lookLater'> = new WindowsProcessTable()) {
    this.#table = table;
  }

  identify(pid: number): ProcessIdentity | null {
    const found = this.#table.look().find((entry) => entry.pid === pid);
    return found ? { pid, startedAt: found.startedAt } : null;
  }

  /** Where a start is not known, the pid decides: a live process must never be taken for dead. */
  isAlive({ pid, startedAt }: ProcessIdentity): boolean {
    const found = this.identify(pid)?.startedAt;
    return found !== undefined && (found === startedAt || found === unknownStart || startedAt === unknownStart);
  }

  /** Does nothing: Windows has neither sessions nor process groups, so only the parent's pid is used. */
  leads(): void {}

  descendants(root: number, executionId: string): ProcessIdentity[] {
    return this.#present(root, executionId).map(({ pid, startedAt }) => ({ pid, startedAt }));
  }

  contains(root: number, executionId: string, pid: number): boolean {
    return this.#members(this.#table.look(), root, executionId, pid).some((entry) => entry.pid === pid);
  }

  ended(executionId: string): void {
    this.#seen.delete(executionId);
    this.#last.delete(executionId);
  }

  async usage(root: number, executionId: string): Promise<TreeUsage> {
    const members = this.#members(await this.#table.lookLater(), root, executionId);
    return {
      memoryBytes: members.reduce((sum, entry) => sum + entry.memoryBytes, 0),
      cpuMs: members.reduce((sum, entry) => sum + entry.cpuMs, 0),
      processes: members.length,
    };
  }

  /** Windows has no SIGTERM for console programs: `taskkill` without force only reaches programs with a window. */
  signal(root: number, executionId: string, signal: 'SIGTERM' | 'SIGKILL'): ProcessIdentity[] {
    const left = () => this.descendants(root, executionId);
    if (signal === 'SIGKILL') signalAll(() => left().map(({ pid }) => ({ pid, group: null })), signal);
    else for (const { pid } of left()) spawnSync('taskkill.exe', ['/PID', String(pid)], { windowsHide: true });
    return left();
  }

  /** While the table cannot be read, what the last look found counts as still running, so that it is ended all the same. */
  #present(root: number, executionId: string): readonly WindowsProcess[] {
    try {
      const found = this.#members(this.#table.look(), root, executionId);
      this.#last.set(executionId, found);
      return found;
    } catch (error) {
      if (error instanceof SchedulerError) return this.#last.get(executionId) ?? [];
      throw error;
    }
  }

  #members(entries: readonly WindowsProcess[], root: number, executionId: string, asked = 0): WindowsProcess[] {
    const seen = this.#seen.get(executionId) ?? new Map<number, string>();
    const found = membersOf(entries, root, seen, asked);
    if (found.length > 0) this.#seen.set(executionId, seen);
    else this.#seen.delete(executionId);
    return found;
  }
}

/**
 * Returns the entries below `root`, without `root`. `seen` holds members of earlier looks by pid and start, and is
 * extended. A child is never older than its parent, which reveals a reused pid.
 * @param asked a process that counts even if it is this one
 */
export function membersOf(
  entries: readonly WindowsProcess[],
  root: number,
  seen: Map<number, string>,
  asked = 0,
): WindowsProcess[] {
  const byPid = new Map(entries.map((entry) => [entry.pid, entry]));
  const startOf = (pid: number) => byPid.get(pid)?.startedAt ?? seen.get(pid) ?? unknownStart;
  const found = new Map<number, WindowsProcess>();
  for (let grown = true; grown;) {
    grown = false;
    for (const entry of entries) {
      if (found.has(entry.pid) || entry.pid === root || (entry.pid === process.pid && entry.pid !== asked)) continue;
      const parentIsOurs = (root > 0 && entry.parent === root) || found.has(entry.parent) || seen.has(entry.parent);
      const known = seen.get(entry.pid) === entry.startedAt;
      if (!known && !(parentIsOurs && BigInt(entry.startedAt) >= BigInt(startOf(entry.parent)))) continue;
      found.set(entry.pid, entry);
      seen.set(entry.pid, entry.startedAt);
      grown = true;
    }
  }
  return [...found.values()];
}
