import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../domain/probe/change.ts';

/** Returns the folder with the files of a change, beside the run's log. It exists while the task runs. */
export const changeFolderOf = (logPath: string): string => `${logPath}.change`;

/** Runs a task with the files of a change at hand: `previous.txt`, `current.txt` and `change.diff`. */
export async function withChangeFolder<T>(logPath: string, change: Change, run: () => Promise<T>): Promise<T> {
  const folder = changeFolderOf(logPath);
  mkdirSync(folder, { mode: 0o700 });
  try {
    const files = { 'previous.txt': change.previous, 'current.txt': change.current, 'change.diff': change.diff };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), ended(text), { mode: 0o600 });
    return await run();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
