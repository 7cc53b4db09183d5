import { userInfo } from 'node:os';
import { readText } from '../../files/read-file.ts';

/** What login(1) sets before any start-up file runs. Entries in the OS scheduler have the same PATH. */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Files that pam_env(8) and systemd read for every login, the later ones override the earlier ones. */
export const systemFiles = ['/etc/locale.conf', '/etc/default/locale', '/etc/environment'];
/** Variables that a system file must not set: they say who logs in. */
const identity: ReadonlySet<string> = new Set(['HOME', 'USER', 'LOGNAME', 'SHELL']);

export interface Login {
  readonly shell: string;
  readonly homeDir: string;
  /** Files with variables for every login of this machine. @default those of pam_env(8) and locale.conf(5) */
  readonly systemFiles?: readonly string[];
}

/**
 * Returns the environment with which login(1) and sshd(8) start a shell. It depends on the person and the machine only:
 * whatever the calling program has in its own environment (keys of an agent's host, preloads) stays there.
 */
export function initialEnvironment({
  shell,
  homeDir,
  systemFiles: files = systemFiles,
}: Login): Record<string, string> {
  const user = userName();
  const who = { HOME: homeDir, SHELL: shell, ...(user === null ? {} : { USER: user, LOGNAME: user }) };
  const system = Object.assign({}, ...files.map(variablesOf)) as Record<string, string>;
  return { PATH: defaultPath, ...system, ...who, TERM: 'dumb' };
}

function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    // The user is in no database, as in some containers.
    return null;
  }
}

function variablesOf(path: string): Record<string, string> {
  let text: string;
  try {
    text = readText(path);
  } catch {
    // Most systems have only some of these files, and a login does not fail without them either.
    return {};
  }
  return parseSystemVariables(text);
}

/** Parses `NAME=value` lines as pam_env(8) reads /etc/environment: `export` and quotes around the value are dropped. */
function parseSystemVariables(text: string): Record<string, string> {
  const assignments = text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=(.*)$/gm);
  const entries = [...assignments].map(([, name = '', value = '']) => [name, unquoted(value)] as const);
  return Object.fromEntries(entries.filter(([name]) => !identity.has(name)));
}

function unquoted(value: string): string {
  const quoted = /^(["'])(.*)\1\s*$/.exec(value.trim());
  return quoted?.[2] ?? value.replace(/\s+#.*$/, '').trim();
}
