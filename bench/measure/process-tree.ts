import { readFileSync, readdirSync } from 'node:fs';

/** Kernel clock ticks per second, the unit of CPU times in /proc; 100 on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;

export interface TreeUsage {
  /** CPU time that the tree has used so far, in ms, including ended children that were waited for. */
  readonly cpuMs: number;
  /** Memory that belongs only to the tree's processes (anonymous, without shared files), in bytes. */
  readonly privateBytes: number;
  readonly processes: number;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/** Returns the current usage of `root` and all its descendants. */
export function treeUsage(root: number): TreeUsage {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readStat(pid) ?? []);
  const children = groupByParent(stats);
  const tree: Stat[] = [];
  const collect = (stat: Stat): void => {
    tree.push(stat);
    children.get(stat.pid)?.forEach(collect);
  };
  stats.filter((stat) => stat.pid === root).forEach(collect);
  return {
    cpuMs: (sum(tree.map((stat) => stat.ticks)) * 1000) / TICKS_PER_SECOND,
    privateBytes: sum(tree.map((stat) => anonymousBytes(stat.pid))),
    processes: tree.length,
  };
}

/** Samples a tree until `stop`, which returns the peak memory and the CPU time used since the start. */
export class TreeWatch {
  readonly #root: number;
  readonly #cpuMsBefore: number;
  readonly #timer: NodeJS.Timeout;
  #peakBytes = 0;
  #peakProcesses = 0;

  constructor(root: number, everyMs = 100) {
    this.#root = root;
    this.#cpuMsBefore = treeUsage(root).cpuMs;
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  stop(): { cpuMs: number; peakBytes: number; peakProcesses: number } {
    clearInterval(this.#timer);
    const { cpuMs } = this.#look();
    return { cpuMs: cpuMs - this.#cpuMsBefore, peakBytes: this.#peakBytes, peakProcesses: this.#peakProcesses };
  }

  #look(): TreeUsage {
    const usage = treeUsage(this.#root);
    this.#peakBytes = Math.max(this.#peakBytes, usage.privateBytes);
    this.#peakProcesses = Math.max(this.#peakProcesses, usage.processes);
    return usage;
  }
}

function readStat(pid: string): Stat | null {
  const text = readQuietly(`/proc/${pid}/stat`);
  // The second field, the command in brackets, may contain spaces and brackets, so count from the last closing bracket.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 16) return null;
  // utime, stime, and those of children that were waited for: fields 14 to 17 of proc(5).
  return { pid: Number(pid), parent: Number(fields[1]), ticks: sum(fields.slice(11, 15).map(Number)) };
}

function anonymousBytes(pid: number): number {
  const match = /^RssAnon:\s+(\d+) kB/m.exec(readQuietly(`/proc/${pid}/status`));
  return Number(match?.[1] ?? 0) * 1024;
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // ended between listing and reading
  }
}

function groupByParent(stats: readonly Stat[]): Map<number, Stat[]> {
  const groups = new Map<number, Stat[]>();
  for (const stat of stats) {
    const siblings = groups.get(stat.parent);
    if (siblings === undefined) groups.set(stat.parent, [stat]);
    else siblings.push(stat);
  }
  return groups;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
