import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../files/read-file.ts';
import type { LauncherProblem } from '../../ports/installation.ts';
import { failedStart, launcherText } from './launcher-text.ts';

/** Failed starts are shown for this long, in ms. */
const shownMs = 7 * 24 * 60 * 60_000;

/** Returns the command that runs the launcher of a data directory. It needs no file system that allows programs. */
export const launcherCommand = (dataDir: string): string[] => ['/bin/sh', launcherPath(dataDir)];

const launcherPath = (dataDir: string): string => join(dataDir, 'launcher.sh');
const logPath = (dataDir: string): string => join(dataDir, 'launcher.log');

export interface LauncherUse {
  readonly dataDir: string;
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of `headless.js`. */
  readonly script: string;
  /** The package is in a cache that npm deletes: it takes the place of no other that is there. */
  readonly isTemporary: boolean;
}

/** Writes the launcher of a data directory if it calls another Node or another package than those that run now. */
export function keepLauncher({ dataDir, node, script, isTemporary }: LauncherUse): void {
  const path = launcherPath(dataDir);
  const text = launcherText({ node, script, log: logPath(dataDir) });
  const present = existsSync(path) ? readText(path) : null;
  if (present === text || (isTemporary && present !== null && calledFiles(present).every(existsSync))) return;
  const temporary = `${path}.new-${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Returns what is wrong with the launcher of a data directory, and the starts that failed in the last seven days. */
export function launcherProblem(dataDir: string, now: number): LauncherProblem | null {
  const path = launcherPath(dataDir);
  if (!existsSync(path)) {
    return { message: `${path} is missing, so entries of the OS scheduler start nothing.`, fixable: true };
  }
  const gone = calledFiles(readText(path)).filter((file) => !existsSync(file));
  if (gone.length > 0) return { message: `${path} calls ${gone.join(' and ')}, which is gone.`, fixable: true };
  const failures = failedStarts(dataDir, now);
  const last = failures.at(-1);
  if (last === undefined) return null;
  const times = failures.length === 1 ? 'One start' : `${failures.length} starts`;
  return { message: `${times} failed in the last seven days, the last one at ${last}`, fixable: false };
}

/** Returns the lines of the launcher's log about starts that failed. */
function failedStarts(dataDir: string, now: number): string[] {
  const path = logPath(dataDir);
  if (!existsSync(path)) return [];
  return readText(path)
    .split('\n')
    .filter((line) => line.includes(failedStart) && now - Date.parse(line.split(' ', 1)[0] ?? '') < shownMs);
}

/** Returns the paths that a launcher calls: of Node and of the package. */
function calledFiles(text: string): string[] {
  return [...text.matchAll(/^(?:node|script)='(.*)'$/gm)].map(([, path = '']) => path.replaceAll(`'\\''`, "'"));
}
