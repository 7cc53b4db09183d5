import type { Machine } from '../../contract/machines.ts';

/**
 * Returns the command line that the login shell of a machine gets. Without a path, `sh` looks in the places where the
 * program installs itself: a shell that is not interactive often has no ~/.local/bin on its PATH. That text has no
 * character in its single quotes that bash, zsh, fish or csh reads in another way.
 *
 * @param dataDir for the bridge; a command line has its own
 */
export function remoteProgram(
  { program }: Pick<Machine, 'program'>,
  word: '_remote' | 'bridge',
  dataDir?: string,
): string {
  const options = dataDir === undefined ? '' : ` --data-dir ${quoted(dataDir)}`;
  if (program !== undefined) return `${quoted(program)} ${word}${options}`;
  const find = 'PATH="$PATH:$HOME/.local/bin:/usr/local/bin"; export PATH; exec ncp-scheduler "$@"';
  return `sh -c '${find}' sh ${word}${options}`;
}

/** Quotes a path for a POSIX shell. `~/` stays in front of the quotes, so that the shell replaces it. */
function quoted(path: string): string {
  if (/^[\w./~:+@%-]+$/.test(path) || /^[A-Za-z]:\\[\w.\\-]+$/.test(path)) return path;
  const home = path.startsWith('~/') ? '~/' : '';
  return `${home}'${path.slice(home.length).replaceAll("'", String.raw`'\''`)}'`;
}
