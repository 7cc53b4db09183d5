import { posix, win32 } from 'node:path';

/**
 * Returns the folder that a variable such as `$XDG_CONFIG_HOME` names, else `usual`. An empty or relative path counts as not
 * set (XDG Base Directory Specification): it would mean a place below the folder in which the program happens to run.
 *
 * @param usual an absolute path
 */
export function baseFolder(named: string | undefined, usual: string): string {
  const paths = usual.startsWith('/') ? posix : win32;
  return named !== undefined && paths.isAbsolute(named) ? named : usual;
}
