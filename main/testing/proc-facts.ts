import { readdirSync, readFileSync } from 'node:fs';

/**
 * Returns the live processes on Linux whose environment or command line contains a text. Reads /proc directly, so that
 * tests of killing do not depend on the code that kills.
 */
export function processesWith(text: string): { pid: number; command: string }[] {
  const found: { pid: number; command: string }[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!(pid > 0) || pid === process.pid) continue;
    const read = (file: string) => {
      try {
        return readFileSync(`/proc/${pid}/${file}`, 'latin1');
      } catch {
        // The process has just exited, or belongs to another user.
        return '';
      }
    };
    const command = read('cmdline').replaceAll('\0', ' ').trim();
    const state = /^State:\s+(\S)/m.exec(read('status'))?.[1] ?? 'Z';
    if (state !== 'Z' && state !== 'X' && (command.includes(text) || read('environ').includes(text)))
      found.push({ pid, command });
  }
  return found;
}

/** Returns a process and all that it started, from the first to the last, if it is alive. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = pid > 0 ? parentOf(pid) : null;
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return parentOf(root) === null ? [] : below(root);
}

/** Null if the process has exited. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
