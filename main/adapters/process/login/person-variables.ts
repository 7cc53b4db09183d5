import { userInfo } from 'node:os';

/** Variables of a shell or of this app, not of the person's environment. */
const notThePersons =
  /^(?:_|PWD|OLDPWD|SHLVL|INIT_CWD|NCP_.*|npm_.*|ELECTRON_.*|NODE_(?:OPTIONS|CHANNEL_.*|UNIQUE_ID|ENV)|VITEST.*|APPIMAGE|APPDIR|ARGV0|OWD|INVOCATION_ID|JOURNAL_STREAM|MAINPID|NOTIFY_SOCKET)$/;
/** On Windows, where the environment of the calling program is used: what would load code into every task. */
const loader =
  /^(?:LD_.*|DYLD_.*|NODE_.*|PYTHON(?:STARTUP|PATH|HOME|INSPECT|WARNINGS)|PERL5(?:OPT|LIB)|RUBYOPT|JAVA_TOOL_OPTIONS)$/i;

/** Returns the variables of the person's environment. */
export function personVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !notThePersons.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Returns those of this process, for Windows, where every program gets the person's environment. */
export function variablesOfThisProcess(): Record<string, string> {
  const entries = Object.entries(personVariables(process.env)).filter(([name]) => !loader.test(name));
  return Object.fromEntries(entries);
}

/** Returns the shell in the user database; /bin/sh for a user who has none or may not log in. */
export function shellOfUser(): string {
  let shell: string | null = null;
  try {
    shell = userInfo().shell;
  } catch {
    // The user is in no database, as in some containers.
  }
  return shell !== null && shell !== '' && !/\/(?:nologin|false|sync)$/.test(shell) ? shell : '/bin/sh';
}
