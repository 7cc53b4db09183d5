import { join } from 'node:path';
import { Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { wordsOf } from './read-unit.ts';
import type { Unit } from './read-unit.ts';

export interface UnitProgram {
  /** Parameters of `shell:run`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly workingDirectory: string | undefined;
  readonly notes: readonly string[];
}

interface ExecContext extends ReadingContext {
  /** `backup.service`. */
  readonly unit: string;
}

/** Settings of a service that decide what runs and that tasks do not support. */
const beyond = ['ExecCondition', 'EnvironmentFile', 'RootDirectory', 'RootImage', 'StandardInput', 'LoadCredential'];

/**
 * Returns what a service runs (`man 5 systemd.service`).
 * @throws Unsaid with the reason
 */
export function readExec(service: Unit, context: ExecContext): UnitProgram {
  const lost = beyond.filter((name) => service.all('Service', name).length > 0);
  if (lost.length > 0) throw new Unsaid(`Its service uses ${lost.join(', ')}, which tasks do not support.`);
  const env = environmentOf(service, context);
  const lines = ['ExecStartPre', 'ExecStart', 'ExecStartPost'].flatMap((name) => [...service.all('Service', name)]);
  const commands = lines.map((line) => commandOf(line, env, context));
  const [first] = commands;
  if (service.all('Service', 'ExecStart').length === 0 || first === undefined)
    throw new Unsaid('Its service has no ExecStart=.');
  const directory = service.one('Service', 'WorkingDirectory');
  return {
    parameters: commands.length === 1 ? { args: first.words } : { command: lineOf(commands) },
    env,
    workingDirectory: directory === undefined ? undefined : directoryOf(directory, context),
    notes: [
      ...(commands.some(({ mayFail }) => mayFail) && commands.length === 1
        ? ['systemd ignored a failure of the command (the "-" before it); here it counts as a failure.']
        : []),
      ...(service.all('Service', 'ExecStopPost').length > 0 ? ['Its ExecStopPost= is not imported.'] : []),
    ],
  };
}

interface Command {
  readonly words: readonly string[];
  readonly mayFail: boolean;
}

function commandOf(line: string, env: Readonly<Record<string, string>>, context: ExecContext): Command {
  const [, prefix = '', rest = ''] = /^([-@:+!|]*)(.*)$/s.exec(line) ?? [];
  const words = wordsOf(rest);
  if (words === null) throw new Unsaid(`"${line.slice(0, 80)}" has a quote without an end.`);
  const plain = words.map((word) => specified(word, context));
  // `@` gives the program another name for itself, which rarely changes what it does.
  const named = prefix.includes('@') ? [plain[0] ?? '', ...plain.slice(2)] : plain;
  const expanded = prefix.includes(':')
    ? named
    : named.flatMap((word, index) => expandedWord(word, index, env, context));
  if ((expanded[0] ?? '') === '') throw new Unsaid('Its ExecStart= does not name a program.');
  return { words: expanded, mayFail: prefix.includes('-') };
}

/**
 * Expands a word. `$NAME` alone is split at spaces, `${NAME}` is one word, `$$` is a dollar sign. The program itself is
 * not expanded.
 */
function expandedWord(
  word: string,
  index: number,
  env: Readonly<Record<string, string>>,
  context: ExecContext,
): string[] {
  const valueOf = (name: string): string => {
    const known: Readonly<Record<string, string>> = {
      HOME: context.homeDir,
      USER: context.username,
      LOGNAME: context.username,
      ...env,
    };
    const value = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === undefined) throw new Unsaid(`It uses the variable ${name}, whose value is not in the unit.`);
    return value;
  };
  if (index === 0) return [word];
  const alone = /^\$([A-Za-z_]\w*)$/.exec(word)?.[1];
  if (alone !== undefined)
    return valueOf(alone)
      .split(/\s+/)
      .filter((part) => part !== '');
  return [
    word.replaceAll(/\$\$|\$\{([A-Za-z_]\w*)\}/g, (_whole, name: string | undefined) =>
      name === undefined ? '$' : valueOf(name),
    ),
  ];
}

/** Expands specifiers such as `%h` (`man 5 systemd.unit`). @throws Unsaid for one that only systemd knows */
function specified(text: string, { homeDir, username, unit }: ExecContext): string {
  const known: Readonly<Record<string, string>> = {
    '%': '%',
    h: homeDir,
    u: username,
    n: unit,
    N: unit.replace(/\.\w+$/, ''),
    p: unit.replace(/(@.*)?\.\w+$/, ''),
    E: join(homeDir, '.config'),
    S: join(homeDir, '.local', 'state'),
    C: join(homeDir, '.cache'),
  };
  return text.replaceAll(/%(.?)/g, (whole, letter: string) => {
    const value = Object.hasOwn(known, letter) ? known[letter] : undefined;
    if (value === undefined) throw new Unsaid(`It uses "${whole}", which only systemd can fill in.`);
    return value;
  });
}

function environmentOf(service: Unit, context: ExecContext): Record<string, string> {
  const pairs = service.all('Service', 'Environment').flatMap((line) => wordsOf(line) ?? []);
  return Object.fromEntries(
    pairs.map((pair) => {
      const border = pair.indexOf('=');
      if (border < 1) throw new Unsaid(`Environment=${pair} is not an assignment.`);
      return [pair.slice(0, border), specified(pair.slice(border + 1), context)];
    }),
  );
}

function directoryOf(written: string, context: ExecContext): string {
  const path = specified(written.replace(/^-/, ''), context);
  return path === '~' ? context.homeDir : path;
}

/** Joins several commands into one line; each runs only if the previous one succeeded or may fail. */
function lineOf(commands: readonly Command[]): string {
  return commands
    .map(({ words, mayFail }) => {
      const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
      return mayFail ? `{ ${line} || true; }` : line;
    })
    .join(' && ');
}
