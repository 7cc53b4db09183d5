/** Longest part of a path or address in the name of a task. */
const nameLimit = 60;

const anyControl = /\p{Cc}/u;

/** What every value of one line must be. */
function lineProblem(value: string): string | null {
  if (anyControl.test(value)) return 'must be one line without control characters.';
  return value.length > 1000 ? 'must have at most 1,000 characters.' : null;
}

export const oneLine = lineProblem;

/** A directory of this machine. A relative path would depend on where the scheduler was started. */
export function folderProblem(value: string): string | null {
  const isAbsolute = /^(?:\/|~(?:\/|$))/.test(value);
  return lineProblem(value) ?? (isAbsolute ? null : 'must be a full path, such as /srv/photos or ~/Photos.');
}

/** A directory of this machine, or one elsewhere: `host:path`, `sftp:user@host:/path`, `rsync://host/path`. */
export function placeProblem(value: string): string | null {
  const isElsewhere = /^[A-Za-z0-9][\w.@-]*:./.test(value);
  if (isElsewhere) return lineProblem(value);
  return folderProblem(value) === null
    ? null
    : (lineProblem(value) ?? 'must be a full path, such as /mnt/backup, or a place such as host:/path.');
}

export function urlProblem(value: string): string | null {
  const isUrl = /^https?:\/\/[^\s/?#]+\S*$/i.test(value) && URL.canParse(value);
  return isUrl ? null : 'must begin with https:// or http://, for example https://example.org.';
}

/** A word of a POSIX shell: quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A path as a word of a POSIX shell. The shell replaces `~/`, which quotes would prevent. */
export function shellPath(path: string): string {
  if (path === '~' || path === '~/') return path;
  return path.startsWith('~/') ? `~/${shellWord(path.slice(2))}` : shellWord(path);
}

/** The last part of a path or address, for the name of a task: `Photos` of `~/Photos/`. */
export function lastPart(path: string): string {
  const parts = path.split(/[/:]/).filter((part) => part !== '' && part !== '~');
  return (parts.at(-1) ?? 'my files').slice(0, nameLimit);
}

export const minutes = (count: number): number => count * 60_000;
