/** Tells the users of this machine from its programs. */
export interface Accounts {
  isUser(name: string): boolean;
  /** Returns whether a folder that every user has in the PATH holds a program of this name. */
  isProgram(name: string): boolean;
}

/** Where a crontab comes from: the person's own, a file, or an unknown place. */
export type CrontabOrigin = { readonly personal: true } | { readonly path: string } | null;

interface CrontabLines {
  readonly text: string;
  /** What follows the times in each line. */
  readonly afterTimes: readonly string[];
}

/** The crontabs of the system. cron expects a user in each of their lines (`man 5 crontab`, `man 8 cron`). */
const systemPath = /(?:^|\/)etc\/(?:crontab|cron\.d\/[^/]+)$/;
/** Headers of Debian, Red Hat and FreeBSD that name the column. */
const header = /^#.*(?:\b(?:dow|wday)\s+(?:user|who)\b|\buser-?name\b)/im;
/** `kim`, and FreeBSD's `kim:group/class`. */
const userShape = /^([A-Za-z_][\w.-]*\$?)(?::[\w.-]+)?(?:\/[\w-]+)?$/;

/** Returns the user and the command of a line of a system crontab; null if it does not name both. */
export function withUser(rest: string): { user: string; command: string } | null {
  const [, user, command] = /^(\S+)\s+(\S.*)$/s.exec(rest) ?? [];
  return user === undefined || command === undefined ? null : { user, command };
}

/**
 * Returns whether the lines of a crontab name a user before the command. The place decides where it is known. People
 * copy both system crontabs and their headers, so for other files every line has to begin like one with a user.
 */
export function namesUsers(crontab: CrontabLines, origin: CrontabOrigin, accounts: Accounts): boolean {
  if (origin !== null && 'personal' in origin) return false;
  if (origin !== null && systemPath.test(origin.path)) return true;
  const users = crontab.afterTimes.map(userOf);
  if (users.length === 0 || users.includes(null)) return false;
  const names = users.filter((name) => name !== null);
  if (header.test(crontab.text)) return !names.some((name) => accounts.isProgram(name) && !accounts.isUser(name));
  // `mail`, `man` and `mysql` are users and programs: a file with no other first words is a personal crontab.
  return names.every((name) => isUser(name, accounts)) && names.some((name) => !accounts.isProgram(name));
}

/** Returns the first word if it can be a user with a command behind it. `mail -s` has an option there. */
function userOf(rest: string): string | null {
  const found = withUser(rest);
  if (found === null || /^[-<>|&;=]/.test(found.command)) return null;
  return userShape.exec(found.user)?.[1] ?? null;
}

const isUser = (name: string, accounts: Accounts): boolean => name === 'root' || accounts.isUser(name);
