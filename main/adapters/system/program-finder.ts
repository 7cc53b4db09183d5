import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Returns the absolute path of a program, as execvp(3) finds it along PATH; null if it is not there. */
export async function findProgram(name: string, path: string): Promise<string | null> {
  const names = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'].map((end) => name + end) : [name];
  const folders = isAbsolute(name) ? [''] : path.split(delimiter).filter((folder) => isAbsolute(folder));
  // A relative path depends on the folder of the run.
  if (!isAbsolute(name) && /[/\\]/.test(name)) return null;
  for (const folder of folders) {
    for (const candidate of names) {
      const place = folder === '' ? candidate : join(folder, candidate);
      if (await isProgram(place)) return place;
    }
  }
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // What is missing or must not be run is not the program: execvp goes on to the next folder.
    return false;
  }
}
