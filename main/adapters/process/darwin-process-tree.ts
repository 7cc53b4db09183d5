import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { executionMark } from './execution-mark.ts';
import { signalAll } from './signal-all.ts';
import type { ProcessIdentity, ProcessTree, TreeUsage } from '../../ports/process-tree.ts';

/** One line of `ps`. */
export interface PsEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly zombie: boolean;
  /** `lstart`: whole seconds, in the machine's zone; only compared for equality. */
  readonly startedAt: string;
  readonly memoryBytes: number;
  readonly cpuMs: number;
  /** Command line and, for this user's own processes, the environment they were started with. */
  readonly command: string;
}

// `-E` appends the environment; macOS omits it for other users' processes and for its own protected programs. `-ww`
// keeps lines whole. LC_ALL=C fixes the format of dates and numbers.
const columns = ['-E', '-ww', '-axo', 'pid=,ppid=,pgid=,stat=,lstart=,rss=,time=,command='];
const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } } as const;

const run = promisify(execFile);

/** One run of `ps` with `columns`. */
interface PsRun {
  readonly pid: number | undefined;
  readonly output: string;
}

interface Ps {
  now(): PsRun;
  /** @param started receives the pid as soon as `ps` runs */
  later(started: (pid: number) => void): Promise<PsRun>;
}

const realPs: Ps = {
  now: () => {
    const { pid, stdout } = spawnSync('ps', columns, options);
    return { pid, output: stdout };
  },
  later: async (started) => {
    const running = run('ps', columns, options);
    const { pid } = running.child;
    if (pid !== undefined) started(pid);
    return { pid, output: (await running).stdout };
  },
};

/**
 * Finds processes of an execution on macOS with `ps`: by parent, by process group and by the mark in the environment.
 */
export class DarwinProcessTree implements ProcessTree {
  readonly containment = 'search';
  readonly #groups = new Map<string, Set<number>>();
  readonly #ps: Ps;
  /** Pids of `ps` that runs now. As a child of a worker, it would look like a process that its task has left running. */
  readonly #listing = new Set<number>();

  constructor(ps: Ps = realPs) {
    this.#ps = ps;
  }

  identify(pid: number): ProcessIdentity | null {
    const found = spawnSync('ps', ['-p', String(pid), '-o', 'stat=,lstart='], options).stdout.trim();
    const match = /^(\S+)\s+(.+)$/.exec(found);
    return match && !match[1]?.startsWith('Z') ? { pid, startedAt: match[2] ?? '' } : null;
  }

  isAlive(process: ProcessIdentity): boolean {
    return this.identify(process.pid)?.startedAt === process.startedAt;
  }

  leads(_root: number, executionId: string, pid: number): void {
    this.#groups.set(executionId, new Set(this.#groups.get(executionId)).add(pid));
  }

  descendants(root: number, executionId: string): ProcessIdentity[] {
    return this.#members(this.#look(), root, executionId).map(({ pid, startedAt }) => ({ pid, startedAt }));
  }

  contains(root: number, executionId: string, pid: number): boolean {
    return this.#members(this.#look(), root, executionId, pid).some((entry) => entry.pid === pid);
  }

  ended(executionId: string): void {
    this.#groups.delete(executionId);
  }

  async usage(root: number, executionId: string): Promise<TreeUsage> {
    const members = this.#members(await this.#lookLater(), root, executionId);
    return {
      memoryBytes: members.reduce((sum, entry) => sum + entry.memoryBytes, 0),
      cpuMs: members.reduce((sum, entry) => sum + entry.cpuMs, 0),
      processes: members.length,
    };
  }

  signal(root: number, executionId: string, signal: 'SIGTERM' | 'SIGKILL'): ProcessIdentity[] {
    signalAll(() => {
      const entries = this.#look();
      const shared = sharedGroups(entries, root);
      return this.#members(entries, root, executionId).map(({ pid, group }) => ({
        pid,
        group: shared.has(group) ? null : group,
      }));
    }, signal);
    return this.descendants(root, executionId);
  }

  #look(): PsEntry[] {
    const { pid, output } = this.#ps.now();
    return this.#withoutPs(output, pid);
  }

  async #lookLater(): Promise<PsEntry[]> {
    let started: number | undefined;
    try {
      const { pid, output } = await this.#ps.later((child) => this.#listing.add((started = child)));
      return this.#withoutPs(output, pid);
    } finally {
      if (started !== undefined) this.#listing.delete(started);
    }
  }

  #withoutPs(output: string, own: number | undefined): PsEntry[] {
    return parsePs(output).filter(({ pid }) => pid !== own && !this.#listing.has(pid));
  }

  #members(entries: readonly PsEntry[], root: number, executionId: string, asked = 0): PsEntry[] {
    const groups = this.#groups.get(executionId) ?? new Set<number>();
    const found = membersOf(entries, root, executionId, groups, sharedGroups(entries, root), asked);
    if (found.length > 0) this.#groups.set(executionId, groups);
    else this.#groups.delete(executionId);
    return found;
  }
}

/**
 * Returns the entries that belong to the execution, without `root`. Adds their process groups to `groups`.
 * @param asked a process that counts even if it is this one
 */
export function membersOf(
  entries: readonly PsEntry[],
  root: number,
  executionId: string,
  groups: Set<number>,
  shared: ReadonlySet<number>,
  asked = 0,
): PsEntry[] {
  const mark = ` ${executionMark}=${executionId}`;
  const found = new Map<number, PsEntry>();
  for (let grown = true; grown;) {
    grown = false;
    for (const entry of entries) {
      if (found.has(entry.pid) || entry.pid === root || (entry.pid === process.pid && entry.pid !== asked)) continue;
      const marked = `${entry.command} `.includes(`${mark} `);
      if (!marked && !(root > 1 && entry.parent === root) && !found.has(entry.parent) && !groups.has(entry.group))
        continue;
      found.set(entry.pid, entry);
      if (!shared.has(entry.group)) groups.add(entry.group);
      grown = true;
    }
  }
  return [...found.values()].filter((entry) => !entry.zombie);
}

/** Parses the output of `ps` with `columns`. */
export function parsePs(text: string): PsEntry[] {
  const entries: PsEntry[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+ +\S+ +\d+ [\d:]+ \d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    if (!match) continue;
    const [, pid, parent, group, state, startedAt = '', kilobytes, time = '', command = ''] = match;
    entries.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      zombie: state?.startsWith('Z') ?? false,
      startedAt,
      memoryBytes: Number(kilobytes) * 1024,
      cpuMs: cpuTime(time),
      command,
    });
  }
  return entries;
}

/** Returns `[[dd-]hh:]mm:ss[.ff]` in ms. */
function cpuTime(text: string): number {
  const [clock = '', days = '0'] = text.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}

function sharedGroups(entries: readonly PsEntry[], root: number): Set<number> {
  return new Set(entries.filter(({ pid }) => pid === root || pid === process.pid).map(({ group }) => group));
}
