import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { ProcessIdentity, ProcessTree, TreeUsage } from '../../ports/process-tree.ts';

/** One process, from `Win32_Process`. */
export interface CimEntry {
  readonly pid: number;
  readonly parent: number;
  /** Creation time in 100 ns since 1601, as text; empty for the system's own processes. */
  readonly startedAt: string;
  readonly memoryBytes: number;
  readonly cpuMs: number;
}

const query =
  'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) ' +
  '$(if ($_.CreationDate) { $_.CreationDate.ToFileTimeUtc() } else { 0 }) $($_.WorkingSetSize) ' +
  '$([uint64]$_.KernelModeTime + [uint64]$_.UserModeTime)" }';
const powershell = ['-NoProfile', '-NonInteractive', '-Command', query];
const options = { encoding: 'utf8', windowsHide: true, maxBuffer: 16 * 1024 * 1024 } as const;
const run = promisify(execFile);

/**
 * Finds processes of an execution on Windows by parent. Windows keeps the parent's pid after the parent has ended, so a
 * chain is followed through dead links if one of its members was seen alive. The environment of another process cannot
 * be read on Windows, so the mark is not used; a process whose whole ancestry ended between two looks is missed.
 */
export class WindowsProcessTree implements ProcessTree {
  readonly containment = 'search';
  readonly #seen = new Map<string, Map<number, string>>();

  identify(pid: number): ProcessIdentity | null {
    const found = look().find((entry) => entry.pid === pid);
    return found ? { pid, startedAt: found.startedAt } : null;
  }

  isAlive(process: ProcessIdentity): boolean {
    return this.identify(process.pid)?.startedAt === process.startedAt;
  }

  /** Does nothing: Windows has neither sessions nor process groups, so only the parent's pid is used. */
  leads(): void {}

  descendants(root: number, executionId: string): ProcessIdentity[] {
    return this.#members(look(), root, executionId).map(({ pid, startedAt }) => ({ pid, startedAt }));
  }

  ended(executionId: string): void {
    this.#seen.delete(executionId);
  }

  async usage(root: number, executionId: string): Promise<TreeUsage> {
    const { stdout } = await run('powershell.exe', powershell, options);
    const members = this.#members(parseCim(stdout), root, executionId);
    return {
      memoryBytes: members.reduce((sum, entry) => sum + entry.memoryBytes, 0),
      cpuMs: members.reduce((sum, entry) => sum + entry.cpuMs, 0),
      processes: members.length,
    };
  }

  /** Windows has no SIGTERM for console programs: the first, polite `taskkill` only reaches programs with a window. */
  signal(root: number, executionId: string, signal: 'SIGTERM' | 'SIGKILL'): ProcessIdentity[] {
    const force = signal === 'SIGKILL' ? ['/F'] : [];
    for (const { pid } of this.descendants(root, executionId)) {
      spawnSync('taskkill.exe', ['/PID', String(pid), '/T', ...force], options);
    }
    return this.descendants(root, executionId);
  }

  #members(entries: readonly CimEntry[], root: number, executionId: string): CimEntry[] {
    const seen = this.#seen.get(executionId) ?? new Map<number, string>();
    const found = membersOf(entries, root, seen);
    if (found.length > 0) this.#seen.set(executionId, seen);
    else this.#seen.delete(executionId);
    return found;
  }
}

/**
 * Returns the entries below `root`, without `root`. `seen` holds members of earlier looks by pid and start, and is
 * extended. A child is never older than its parent, which reveals a reused pid.
 */
export function membersOf(entries: readonly CimEntry[], root: number, seen: Map<number, string>): CimEntry[] {
  const byPid = new Map(entries.map((entry) => [entry.pid, entry]));
  const startOf = (pid: number) => byPid.get(pid)?.startedAt ?? seen.get(pid) ?? '0';
  const found = new Map<number, CimEntry>();
  for (let grown = true; grown;) {
    grown = false;
    for (const entry of entries) {
      if (found.has(entry.pid) || entry.pid === root || entry.pid === process.pid) continue;
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

/** Parses the output of `query`. */
export function parseCim(text: string): CimEntry[] {
  const entries: CimEntry[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = /^(\d+) (\d+) (\d+) (\d+) (\d+)$/.exec(line.trim());
    if (!match) continue;
    const [, pid, parent, startedAt = '0', memory, cpu] = match;
    entries.push({
      pid: Number(pid),
      parent: Number(parent),
      startedAt,
      memoryBytes: Number(memory),
      cpuMs: Math.round(Number(cpu) / 10_000),
    });
  }
  return entries;
}

function look(): CimEntry[] {
  return parseCim(spawnSync('powershell.exe', powershell, options).stdout);
}
