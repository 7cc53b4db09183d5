import { bootId, listPids, pageSize, readMark, readProc } from './linux-proc.ts';
import { signalAll } from './signal-all.ts';
import type { ProcEntry } from './linux-proc.ts';
import type { Target } from './signal-all.ts';
import type { ProcessIdentity } from '../../ports/ledger.ts';
import type { ProcessTree, TreeUsage } from '../../ports/process-tree.ts';

/** Samples of executions that run side by side share one look at /proc this old at most. */
const SNAPSHOT_MAX_AGE_MS = 100;
/** Executions whose sessions are remembered; more than can run at once on any machine this is meant for. */
const REMEMBERED = 512;

interface Snapshot {
  readonly takenAt: number;
  readonly entries: readonly ProcEntry[];
  readonly marks: Map<number, string | null>;
}

interface Trace {
  /** Sessions that members of this execution made: a session cannot be joined from outside. */
  readonly sessions: Set<number>;
  /** Start of the root, in ticks: what started earlier is none of its descendants. 0 if it was gone at the first look. */
  readonly rootStart: number;
}

/**
 * Processes of an execution on Linux, from /proc. A process belongs to it when its parent does, when its environment
 * carries the mark, or when it is in a session made by one that does: that survives double forks, `setsid`, and a
 * cleared environment. One that at once clears its environment, makes a session and loses its parent between two looks
 * is not found; nothing short of a control group would.
 */
export class LinuxProcessTree implements ProcessTree {
  readonly #boot = bootId();
  readonly #pageSize = pageSize();
  readonly #ownSession = readProc(process.pid)?.session;
  readonly #traces = new Map<string, Trace>();
  #shared: Snapshot | null = null;

  identify(pid: number): ProcessIdentity | null {
    const entry = readProc(pid);
    return entry && !entry.zombie ? this.#identity(entry) : null;
  }

  isAlive(process: ProcessIdentity): boolean {
    return this.identify(process.pid)?.startedAt === process.startedAt;
  }

  descendants(root: number, executionId: string): ProcessIdentity[] {
    return this.#members(takeSnapshot(), root, executionId).map((entry) => this.#identity(entry));
  }

  async usage(root: number, executionId: string): Promise<TreeUsage> {
    const now = Date.now();
    if (!this.#shared || Math.abs(now - this.#shared.takenAt) > SNAPSHOT_MAX_AGE_MS) this.#shared = takeSnapshot();
    const members = this.#members(this.#shared, root, executionId);
    let pages = 0;
    let cpuMs = 0;
    for (const member of members) {
      pages += member.residentPages;
      cpuMs += member.cpuMs;
    }
    return { memoryBytes: pages * this.#pageSize, cpuMs, processes: members.length };
  }

  signal(root: number, executionId: string, signal: 'SIGTERM' | 'SIGKILL'): ProcessIdentity[] {
    signalAll(() => this.#targets(root, executionId), signal);
    return this.descendants(root, executionId);
  }

  #targets(root: number, executionId: string): Target[] {
    const shared = new Set([this.#ownSession, readProc(root)?.session]);
    return this.#members(takeSnapshot(), root, executionId).map((entry) => ({
      pid: entry.pid,
      group: shared.has(entry.session) ? null : entry.group,
    }));
  }

  #members(snapshot: Snapshot, root: number, executionId: string): ProcEntry[] {
    const trace = this.#trace(executionId, snapshot, root);
    // Another process may have the number by now: its children are none of ours.
    const rootEntry = snapshot.entries.find((entry) => entry.pid === root && entry.startTicks === trace.rootStart);
    const found = new Map<number, ProcEntry>();
    const candidates = snapshot.entries.filter(
      (entry) => entry.pid !== root && entry.pid !== process.pid && entry.startTicks >= trace.rootStart,
    );
    for (let grown = true; grown;) {
      grown = false;
      for (const entry of candidates) {
        if (found.has(entry.pid) || !belongs(entry, rootEntry, executionId, found, trace, snapshot)) continue;
        found.set(entry.pid, entry);
        if (entry.session !== rootEntry?.session && entry.session !== this.#ownSession)
          trace.sessions.add(entry.session);
        grown = true;
      }
    }
    const alive = [...found.values()].filter((entry) => !entry.zombie);
    if (alive.length === 0 && !rootEntry) this.#traces.delete(executionId);
    return alive;
  }

  #trace(executionId: string, snapshot: Snapshot, root: number): Trace {
    let trace = this.#traces.get(executionId);
    if (!trace) {
      const rootStart = snapshot.entries.find((entry) => entry.pid === root)?.startTicks ?? 0;
      trace = { sessions: new Set(), rootStart };
      this.#traces.set(executionId, trace);
      if (this.#traces.size > REMEMBERED) this.#traces.delete([...this.#traces.keys()][0] ?? '');
    }
    return trace;
  }

  #identity(entry: ProcEntry): ProcessIdentity {
    return { pid: entry.pid, startedAt: `${entry.startTicks}@${this.#boot}` };
  }
}

function takeSnapshot(): Snapshot {
  const entries = listPids().map(readProc);
  return { takenAt: Date.now(), entries: entries.filter((entry) => entry !== null), marks: new Map() };
}

function belongs(
  entry: ProcEntry,
  root: ProcEntry | undefined,
  executionId: string,
  found: ReadonlyMap<number, ProcEntry>,
  trace: Trace,
  snapshot: Snapshot,
): boolean {
  if (entry.parent === root?.pid || found.has(entry.parent) || trace.sessions.has(entry.session)) return true;
  if (entry.zombie) return false;
  let mark = snapshot.marks.get(entry.pid);
  if (mark === undefined) {
    mark = readMark(entry.pid);
    snapshot.marks.set(entry.pid, mark);
  }
  return mark === executionId;
}
