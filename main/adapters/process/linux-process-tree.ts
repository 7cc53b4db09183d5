import { bootId, lastPid, listPids, pageSize, readMark, readProc } from './linux-proc.ts';
import { runGroups } from './run-groups.ts';
import { signalAll } from './signal-all.ts';
import type { ProcEntry } from './linux-proc.ts';
import type { RunGroups } from './run-groups.ts';
import type { Target } from './signal-all.ts';
import type { ProcessIdentity, ProcessTree, TreeUsage } from '../../ports/process-tree.ts';

/** Largest age of a snapshot of /proc, in ms; executions that run in parallel share it for their samples. */
const SNAPSHOT_MAX_AGE_MS = 100;
/** Number of executions whose traces are kept; more than can run at once on any supported machine. */
const REMEMBERED = 512;
/**
 * Process ids cannot wrap around within this time, in ms: the smallest range is 32768, and a fork takes 50 µs and more.
 */
const NO_WRAP_MS = 1500;

interface Snapshot {
  readonly takenAt: number;
  readonly entries: ReadonlyMap<number, ProcEntry>;
  readonly marks: Map<number, string | null>;
}

interface Trace {
  /**
   * Sessions that members of this execution created, each with its leader's start; null if the leader was already dead.
   * A process outside cannot join a session, but its id may be reused once it is empty.
   */
  readonly sessions: Map<number, number | null>;
  /**
   * Start of the root, in ticks: a process that started earlier is not its descendant. 0 if the root was gone at the
   * first look.
   */
  readonly rootStart: number;
}

/**
 * Finds processes of an execution on Linux in /proc. A process belongs to it if its parent does, if its environment has
 * the mark, or if it is in a session created by such a process: this covers double forks, `setsid` and a cleared
 * environment. It misses a process that clears its environment, creates a session and loses its parent between two
 * looks. The control group of the run finds that one too, where there is one.
 */
export class LinuxProcessTree implements ProcessTree {
  readonly #ownSession = readProc(process.pid)?.session;
  readonly #traces = new Map<string, Trace>();
  readonly #groups: RunGroups | null;
  readonly #born: { readonly at: number; readonly pid: number } | null;
  #boot: string | null = null;
  #shared: Snapshot | null = null;

  /**
   * @param youngerOnly promises that the processes to find start after this object was made; makes the first looks
   * cheap.
   * @param groups the control groups of runs; null where there are none.
   */
  constructor(youngerOnly = false, groups = runGroups()) {
    this.#groups = groups;
    this.#born = youngerOnly ? { at: performance.now(), pid: lastPid() } : null;
  }

  get containment(): 'group' | 'search' {
    return this.#groups === null ? 'search' : 'group';
  }

  identify(pid: number): ProcessIdentity | null {
    const entry = readProc(pid);
    return entry && !entry.zombie ? this.#identity(entry) : null;
  }

  isAlive(process: ProcessIdentity): boolean {
    return this.identify(process.pid)?.startedAt === process.startedAt;
  }

  leads(root: number, executionId: string, pid: number): void {
    const start = readProc(pid)?.startTicks ?? null;
    this.#trace(executionId, readProc(root)?.startTicks ?? 0).sessions.set(pid, start);
  }

  descendants(root: number, executionId: string): ProcessIdentity[] {
    return this.#members(this.#look(), root, executionId).map((entry) => this.#identity(entry));
  }

  contains(root: number, executionId: string, pid: number): boolean {
    return this.#members(this.#look(), root, executionId, pid).some((entry) => entry.pid === pid);
  }

  async usage(root: number, executionId: string): Promise<TreeUsage> {
    const age = performance.now() - (this.#shared?.takenAt ?? -Infinity);
    if (!this.#shared || age > SNAPSHOT_MAX_AGE_MS) this.#shared = this.#look();
    const members = this.#members(this.#shared, root, executionId);
    const pages = members.reduce((sum, member) => sum + member.residentPages, 0);
    const cpuMs = members.reduce((sum, member) => sum + member.cpuMs, 0);
    return { memoryBytes: pages * pageSize(), cpuMs, processes: members.length };
  }

  signal(root: number, executionId: string, signal: 'SIGTERM' | 'SIGKILL'): ProcessIdentity[] {
    // The root is in the group too, and it still has to report.
    if (signal === 'SIGKILL' && readProc(root) === null) this.#groups?.kill(executionId);
    signalAll(() => this.#targets(root, executionId), signal);
    return this.descendants(root, executionId);
  }

  ended(executionId: string): void {
    this.#traces.delete(executionId);
    this.#groups?.remove(executionId);
  }

  #targets(root: number, executionId: string): Target[] {
    const shared = new Set([this.#ownSession, readProc(root)?.session]);
    return this.#members(this.#look(), root, executionId).map((entry) => ({
      pid: entry.pid,
      group: shared.has(entry.session) ? null : entry.group,
    }));
  }

  #look(): Snapshot {
    const born = this.#born;
    const young = born !== null && performance.now() - born.at < NO_WRAP_MS && lastPid() >= born.pid;
    const pids = listPids().filter((pid) => !young || pid > born.pid || pid === process.pid);
    const entries = pids.map(readProc).filter((entry) => entry !== null);
    return {
      takenAt: performance.now(),
      entries: new Map(entries.map((entry) => [entry.pid, entry])),
      marks: new Map(),
    };
  }

  /** @param asked a process that counts even if it is this one */
  #members(snapshot: Snapshot, root: number, executionId: string, asked = 0): ProcEntry[] {
    const seenRoot = snapshot.entries.get(root);
    const trace = this.#trace(executionId, seenRoot?.startTicks ?? 0);
    // The pid may have been reused; the new process's children do not belong to the execution.
    const rootEntry = seenRoot?.startTicks === trace.rootStart ? seenRoot : undefined;
    forgetReused(trace, snapshot);
    const found = new Map<number, ProcEntry>();
    const grouped = this.#groups?.pids(executionId) ?? noPids;
    const candidates = [...snapshot.entries.values()].filter(
      ({ pid, startTicks }) => pid !== root && (pid !== process.pid || pid === asked) && startTicks >= trace.rootStart,
    );
    for (let grown = true; grown;) {
      grown = false;
      for (const entry of candidates) {
        if (found.has(entry.pid)) continue;
        if (!grouped.has(entry.pid) && !belongs(entry, rootEntry, executionId, found, trace, snapshot)) continue;
        found.set(entry.pid, entry);
        const { session } = entry;
        if (session !== rootEntry?.session && session !== this.#ownSession && !trace.sessions.has(session))
          trace.sessions.set(session, snapshot.entries.get(session)?.startTicks ?? null);
        grown = true;
      }
    }
    const alive = [...found.values()].filter((entry) => !entry.zombie);
    if (alive.length === 0 && !rootEntry) this.#traces.delete(executionId);
    return alive;
  }

  #trace(executionId: string, rootStart: number): Trace {
    let trace = this.#traces.get(executionId);
    if (!trace) {
      trace = { sessions: new Map(), rootStart };
      this.#traces.set(executionId, trace);
      if (this.#traces.size > REMEMBERED) this.#traces.delete([...this.#traces.keys()][0] ?? '');
    }
    return trace;
  }

  #identity(entry: ProcEntry): ProcessIdentity {
    this.#boot ??= bootId();
    return { pid: entry.pid, startedAt: `${entry.startTicks}@${this.#boot}` };
  }
}

const noPids: ReadonlySet<number> = new Set();

/** Drops sessions whose id was reused. */
function forgetReused({ sessions }: Trace, snapshot: Snapshot): void {
  for (const [session, leaderStart] of sessions) {
    const leader = snapshot.entries.get(session);
    if (leader && leader.startTicks !== leaderStart) sessions.delete(session);
  }
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
