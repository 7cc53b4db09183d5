import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FiredGroups } from '../../../ports/fired-groups.ts';
import { quoteWord, protectDollars } from './unit-file.ts';

/** How often an entry looks for the note of its group, and how long it waits in between, in seconds. */
const looks = 12;
const pauseSeconds = 0.25;

/**
 * Decides whether an entry starts the program. `$1` is the folder of the notes, `$2` the group. Exits with 1, which skips
 * the start, only if a primary lives and has fired the group in this minute. Whatever goes wrong, it exits with 0: a
 * second start of a slot is harmless, a missing one is not.
 */
export const fireCondition = [
  'exec 2>/dev/null',
  'read -r primary <"$1/primary" && kill -0 "$primary" || exit 0',
  'now=$(date +%s) && [ -n "$now" ] || exit 0',
  'look=0',
  `while [ "$look" -lt ${looks} ]; do read -r fired <"$1/$2.fired" && [ "$fired" -ge "$((now - now % 60))" ] && exit 1; sleep ${pauseSeconds}; look=$((look + 1)); done`,
  'exit 0',
].join('; ');

/**
 * Returns the condition of a group's service (`man 5 systemd.service`, `ExecCondition=`; systemd before 243 ignores it
 * and starts the program each time).
 */
export function conditionLine(timingId: string, namespace: string): string {
  const script = quoteWord(protectDollars(fireCondition, 1));
  return `ExecCondition=/bin/sh -c ${script} ncp-scheduler "%t/${folderName(namespace)}" ${quoteWord(timingId)}`;
}

const folderName = (namespace: string): string => `ncp-scheduler${namespace === '' ? '' : `-${namespace}`}`;

/**
 * Returns the notes of a data directory, as files in the runtime directory of the session, which is in memory.
 * @param runtimeDir `XDG_RUNTIME_DIR`. Nothing is noted if it does not exist, and entries then start the program.
 */
export function firedGroups(runtimeDir: string, namespace: string, pid: number): FiredGroups {
  const folder = join(runtimeDir, folderName(namespace));
  const primary = join(folder, 'primary');
  const latest = new Map<string, number>();
  let isOpen = false;
  const begin = (): boolean => {
    if (!existsSync(runtimeDir)) return false;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(primary, `${pid}\n`);
    return true;
  };
  return {
    open: () => {
      isOpen = true;
      begin();
    },
    note: (timingId, atMs) => {
      // An earlier fire may settle after a later one.
      if (!isOpen || atMs <= (latest.get(timingId) ?? 0)) return;
      // The runtime directory comes with the first login and goes with the last logout; this process may outlive both.
      if (!existsSync(primary) && !begin()) return;
      latest.set(timingId, atMs);
      writeFileSync(join(folder, `${timingId}.fired`), `${Math.floor(atMs / 1000)}\n`);
    },
    close: () => {
      if (isOpen) rmSync(folder, { recursive: true, force: true });
      isOpen = false;
    },
  };
}
