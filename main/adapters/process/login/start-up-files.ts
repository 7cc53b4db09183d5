import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readText } from '../../files/read-file.ts';

/**
 * What an environment was made from, by path: time of change and size of a file, `present` for a folder of PATH, null
 * for what was missing.
 */
export type StartUpFiles = Readonly<Record<string, string | null>>;

export interface StartUpQuestion {
  /** Path of the shell. */
  readonly shell: string;
  readonly homeDir: string;
  /** Files of the machine that a login reads before the shell starts. */
  readonly systemFiles: readonly string[];
}

/** Files that a login shell reads. `~` is the home directory; `/*` stands for every file of a folder. */
const posix = ['/etc/profile', '/etc/profile.d/*', '/etc/paths', '/etc/paths.d/*', '~/.profile'];
const named = (folder: string, names: string): string[] => names.split(' ').map((name) => `${folder}/${name}`);
const zshFiles = ['zshenv', 'zprofile', 'zshrc', 'zlogin'].join(' ');
const zshDotFiles = '.zshenv .zprofile .zshrc .zlogin';
const fishFiles = 'config.fish conf.d/* fish_variables';
const csh = ['/etc/csh.cshrc', '/etc/csh.login', ...named('~', '.tcshrc .cshrc .login')];
/** By the name of the shell, from its manual, with the files that distributions and start-up files usually add. */
const filesOfShell: Readonly<Record<string, readonly string[]>> = {
  bash: [...posix, '/etc/bash.bashrc', '/etc/bashrc', ...named('~', '.bash_profile .bash_login .bashrc .bash_aliases')],
  zsh: [...posix, ...['/etc', '/etc/zsh'].flatMap((folder) => named(folder, zshFiles)), ...named('~', zshDotFiles)],
  fish: [...named('/etc/fish', fishFiles), ...named('~/.config/fish', fishFiles)],
  csh,
  tcsh: csh,
  ksh: [...posix, ...named('~', '.kshrc .mkshrc')],
  mksh: [...posix, '~/.mkshrc'],
};
/** The same for files whose places a variable gives. */
const movedFiles: Readonly<Record<string, readonly string[]>> = {
  zsh: named('$ZDOTDIR', zshDotFiles),
  fish: named('$XDG_CONFIG_HOME/fish', fishFiles),
};

/** `source FILE` and `. FILE`, also behind a condition and as `\.`, which nvm writes. */
const sourcing = /(?:^|[;&|({]|\b(?:then|do|else)\b)\s*(?:source|\\?\.)\s+(["']?)([^\s"';&|)]+)\1/gm;
/** Limits for files that source each other. */
const maxSourced = 100;
const maxDepth = 4;

/** Returns the state of the files that this shell reads. */
export async function startUpFiles(question: StartUpQuestion): Promise<StartUpFiles> {
  const { shell, homeDir, systemFiles } = question;
  const patterns = [...systemFiles, ...(filesOfShell[basename(shell)] ?? posix)];
  return statesOf(await paths(patterns, { HOME: homeDir }));
}

/**
 * Returns the state of what only the captured environment tells: files in places that a variable gives, files that the
 * others source, and the folders of PATH.
 */
export async function furtherFiles(
  { shell, homeDir }: StartUpQuestion,
  first: StartUpFiles,
  env: Readonly<Record<string, string>>,
): Promise<StartUpFiles> {
  const variables = { ...env, HOME: homeDir };
  const moved = await paths([...(movedFiles[basename(shell)] ?? []), env['ENV'] ?? ''], variables);
  const sourced = await sourcedFiles([...Object.keys(first), ...moved], variables);
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const present = await Promise.all([...new Set(folders)].map(async (folder) => [folder, await folderState(folder)]));
  return { ...(Object.fromEntries(present) as StartUpFiles), ...(await statesOf([...moved, ...sourced])) };
}

/** Returns the same paths with the states that they have now. */
export async function presentStates(known: StartUpFiles): Promise<StartUpFiles> {
  const states = Object.entries(known).map(async ([path, state]) => {
    return [path, state === 'present' ? await folderState(path) : await fileState(path)] as const;
  });
  return Object.fromEntries(await Promise.all(states));
}

/** Returns true if one of the paths is no longer in this state. */
export async function haveChanged(known: StartUpFiles): Promise<boolean> {
  const present = await presentStates(known);
  return Object.entries(known).some(([path, state]) => present[path] !== state);
}

async function statesOf(files: readonly string[]): Promise<StartUpFiles> {
  const states = await Promise.all(files.map(async (path) => [path, await fileState(path)] as const));
  return Object.fromEntries(states);
}

/** Follows links, because dotfiles are often links into a repository. A folder has the time of its last new file. */
async function fileState(path: string): Promise<string | null> {
  // A file that cannot be reached is one that the shell cannot read either.
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? `folder ${found.mtimeMs}` : `${found.mtimeMs} ${found.size}`;
}

/** A folder of PATH counts only by its presence: a new program in it changes no variable. */
async function folderState(path: string): Promise<string | null> {
  return (await stat(path).catch(() => null)) === null ? null : 'present';
}

async function paths(patterns: readonly string[], variables: Readonly<Record<string, string>>): Promise<string[]> {
  const found = await Promise.all(
    patterns.map(async (pattern) => {
      const path = expanded(pattern, variables);
      if (path === null) return [];
      if (!path.endsWith('/*')) return [path];
      const folder = dirname(path);
      const names = await readdir(folder).catch(() => []);
      return [folder, ...names.map((name) => join(folder, name))];
    }),
  );
  return found.flat();
}

/** Returns an absolute path, or null if it has an unknown variable, is relative or is more than a path. */
function expanded(text: string, variables: Readonly<Record<string, string>>): string | null {
  const path = text
    .replace(/^~(?=\/)/, variables['HOME'] ?? '~')
    .replaceAll(/\$(?:(\w+)|\{(\w+)\})/g, (whole, plain?: string, braced?: string) => {
      return variables[plain ?? braced ?? ''] ?? whole;
    });
  return path.startsWith('/') && !/[$`\\]/.test(path) ? path : null;
}

async function sourcedFiles(files: readonly string[], variables: Readonly<Record<string, string>>): Promise<string[]> {
  const known = new Set(files);
  let last = [...files];
  for (let depth = 0; depth < maxDepth && last.length > 0; depth += 1) {
    const named = last.flatMap((path) =>
      [...textOf(path).matchAll(sourcing)].map(([, , path = '']) => expanded(path, variables)),
    );
    last = [...new Set(named)].filter((path) => path !== null).filter((path) => !known.has(path));
    last = last.slice(0, maxSourced - (known.size - files.length));
    for (const path of last) known.add(path);
  }
  return [...known].slice(files.length);
}

/** Returns an empty text for what cannot be read, and for what is no file: the shell may wait for a pipe, this does not. */
function textOf(path: string): string {
  try {
    return readText(path);
  } catch {
    return '';
  }
}
