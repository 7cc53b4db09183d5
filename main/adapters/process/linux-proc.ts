import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { executionMark } from './execution-mark.ts';

/** One process, from /proc/PID/stat (proc_pid_stat(5)). */
export interface ProcEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** True for a dead process that its parent has not yet waited for. */
  readonly zombie: boolean;
  /** Clock ticks since boot. */
  readonly startTicks: number;
  /** CPU time of the process and of its children it waited for, in ms. */
  readonly cpuMs: number;
  readonly residentPages: number;
}

/** USER_HZ, which is 100 on every architecture Node runs on. */
const MS_PER_TICK = 10;
const buffer = Buffer.allocUnsafe(64 * 1024);

/** Returns the process, or null if it no longer exists. */
export function readProc(pid: number): ProcEntry | null {
  const text = readProcFile(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The name in parentheses may itself contain spaces and parentheses, so count from the last one.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (index: number) => Number(fields[index]);
  return {
    pid,
    parent: field(1),
    group: field(2),
    session: field(3),
    zombie: fields[0] === 'Z' || fields[0] === 'X',
    cpuMs: (field(11) + field(12) + field(13) + field(14)) * MS_PER_TICK,
    startTicks: field(19),
    residentPages: field(21),
  };
}

/** Returns the CPU time of this process's descendants that have ended and were waited for, in ms. */
export function waitedChildrenCpuMs(): number {
  const text = readProcFile('/proc/self/stat') ?? '';
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * MS_PER_TICK;
}

export function listPids(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** Returns the pid of the newest process of this PID namespace (proc_loadavg(5)). */
export function lastPid(): number {
  return Number(readProcFile('/proc/loadavg')?.trim().split(' ').at(-1) ?? 0);
}

/**
 * Returns the execution's mark in the environment the process was started with; null if it has none or belongs to
 * another user.
 */
export function readMark(pid: number): string | null {
  const text = readProcFile(`/proc/${pid}/environ`);
  if (text === null) return null;
  const start = text.startsWith(`${executionMark}=`) ? 0 : text.indexOf(`\0${executionMark}=`) + 1;
  if (start === 0 && !text.startsWith(`${executionMark}=`)) return null;
  const end = text.indexOf('\0', start);
  return text.slice(start + executionMark.length + 1, end === -1 ? undefined : end);
}

/** Returns the name of a running program, for messages. */
export function readName(pid: number): string {
  return readProcFile(`/proc/${pid}/comm`)?.trim() ?? '?';
}

/** Returns an id that changes with each boot: start times count from it. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** Returns AT_PAGESZ of the auxiliary vector (getauxval(3)): 4096 almost everywhere, but not on every arm64 kernel. */
export function pageSize(): number {
  const vector = readFileSync('/proc/self/auxv');
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    if (vector.readBigUInt64LE(at) === 6n) return Number(vector.readBigUInt64LE(at + 8));
  }
  return 4096;
}

/**
 * Returns the content of a file in /proc, or null if it is gone or unreadable. Faster than readFileSync, which asks for
 * a size that /proc does not report.
 */
function readProcFile(path: string): string | null {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    let text = '';
    for (;;) {
      const count = readSync(fd, buffer, 0, buffer.length, null);
      text += buffer.toString('latin1', 0, count);
      if (count < buffer.length) return text;
    }
  } catch {
    // ESRCH: the process ended during the read. EACCES: it belongs to another user.
    return null;
  } finally {
    closeSync(fd);
  }
}
