import { parseArgs } from 'node:util';
import { SchedulerError } from '../domain/errors.ts';
import type { CommandFacts, RawArguments } from './command.ts';
import { closest } from '../domain/words/closest.ts';
import { flag, text } from './option.ts';
import type { Options } from './option.ts';

/** Options that every command accepts. */
export const globalOptions = {
  'data-dir': text(
    'Data directory: tasks, settings, ledger and logs. Default: $NCP_SCHEDULER_DIR, or ~/.ncp/scheduler.',
    'DIR',
  ),
  on: text(
    'Run the command on another machine over SSH: a name from `machines list`, user@host or a name from ~/.ssh/config. Files that you name are files there.',
    'MACHINE',
  ),
  json: flag('Print the result as one JSON document on standard output.'),
  help: flag('Show this help.'),
  version: flag('Show the version.'),
} as const satisfies Options;

const shortNames: Readonly<Record<string, string>> = { help: 'h', version: 'V' };

export interface GlobalArguments {
  /** The machine that runs the command; null for this one. */
  readonly on: string | null;
  readonly dataDir: string | null;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const optionsWithValue = new Set(['--data-dir', '--on']);

/**
 * Separates the command's name, the first one or two words that are not options, from the rest of the line. Global
 * options may stand before it. `isGroup` tells whether a word needs a second one, as `os` does.
 */
export function splitCommand(
  argv: readonly string[],
  isGroup: (word: string) => boolean,
): { readonly name: string | null; readonly rest: readonly string[] } {
  const first = firstWord(argv, 0);
  if (first === null) return { name: null, rest: argv };
  const word = argv[first] ?? '';
  const withoutFirst = argv.toSpliced(first, 1);
  if (!isGroup(word)) return { name: word, rest: withoutFirst };
  const second = firstWord(withoutFirst, first);
  if (second === null) return { name: word, rest: withoutFirst };
  return { name: `${word} ${withoutFirst[second] ?? ''}`, rest: withoutFirst.toSpliced(second, 1) };
}

function firstWord(argv: readonly string[], from: number): number | null {
  for (let index = from; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--') return null;
    if (optionsWithValue.has(word)) index += 1;
    else if (!word.startsWith('-')) return index;
  }
  return null;
}

/** Reads the global options while the command is not known yet, and ignores everything else on the line. */
export function readGlobals(argv: readonly string[]): GlobalArguments {
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  return {
    dataDir: valueIn(before, '--data-dir'),
    on: valueIn(before, '--on'),
    json: before.includes('--json'),
    help: before.includes('--help') || before.includes('-h'),
    version: before.includes('--version') || before.includes('-V'),
  };
}

function valueIn(words: readonly string[], option: string): string | null {
  const inline = words.find((word) => word.startsWith(`${option}=`))?.slice(option.length + 1);
  const at = words.indexOf(option);
  // An option without its value names no machine, which is an error of its own.
  return inline ?? (at === -1 ? null : (words[at + 1] ?? ''));
}

/** Returns the command line without `--on` and its value. */
export function withoutMachine(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  const kept = before.filter((word, index) => !/^--on(=|$)/.test(word) && before[index - 1] !== '--on');
  return [...kept, ...argv.slice(before.length)];
}

/**
 * Parses the words after the command's name by the command's definition.
 * @throws SchedulerError `usage/…`.
 */
export function parseArguments(
  facts: CommandFacts,
  argv: readonly string[],
): { readonly raw: RawArguments; readonly globals: GlobalArguments } {
  const options: Options = { ...globalOptions, ...facts.options };
  const given = new Map<string, string[][]>();
  const { tokens } = tokenize(facts, options, argv);
  const words = new Words(positionalCount(facts.positionals));
  for (const token of tokens) {
    if (token.kind === 'positional') words.add(token.value);
    if (token.kind !== 'option') continue;
    const values = [token.value ?? ''];
    given.set(token.name, [...(given.get(token.name) ?? []), values]);
    words.afterOption(options[token.name]?.repeatable === true ? values : null);
  }
  const positionals = words.settle();
  const raw = new Map([...given].map(([name, values]) => [name, values.flat()]));
  assignPositionals(facts, positionals, raw);
  const dataDir = raw.get('data-dir')?.at(-1) ?? null;
  const globals = { dataDir, on: null, json: raw.has('json'), help: raw.has('help'), version: raw.has('version') };
  if (!globals.help) checkRequired(facts, raw);
  return { raw, globals };
}

/**
 * Collects the positional words. If there are more than the command accepts, those that directly follow a value of a
 * repeatable option (`--tag a b`) become values of that option.
 */
class Words {
  readonly #limit: number;
  readonly #words: { readonly text: string; readonly owner: string[] | null }[] = [];
  #owner: string[] | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(text: string): void {
    this.#words.push({ text, owner: this.#owner });
  }

  afterOption(owner: string[] | null): void {
    this.#owner = owner;
  }

  settle(): string[] {
    let surplus = this.#words.length - this.#limit;
    return this.#words.flatMap(({ text, owner }) => {
      if (owner === null || surplus <= 0) return [text];
      owner.push(text);
      surplus -= 1;
      return [];
    });
  }
}

// Node's own parser, because it returns tokens: repeated options, two-word commands and the position of global options
// follow our table. It also starts fast, which counts at every fire of an OS entry: 1.2 times as long as `node -e 0`,
// against 1.4 for commander and 2.3 for yargs 18 (measured November 2026).
function tokenize(facts: CommandFacts, options: Options, argv: readonly string[]) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const short = shortNames[name];
      const type = option.value === null ? ('boolean' as const) : ('string' as const);
      return [name, { type, multiple: true, ...(short === undefined ? {} : { short }) }];
    }),
  );
  try {
    return parseArgs({ args: [...argv], options: config, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    throw usageError(facts, options, error as NodeJS.ErrnoException);
  }
}

/** Options that people expect, and what to write instead. */
const commandForms: Readonly<Record<string, string>> = {
  '--command': `Write it as --tool shell:run --params '{"command":"…"}', or use \`quick-add\`.`,
  '--url': `Write it as --tool http:request --params '{"url":"…"}'.`,
};

function usageError(facts: CommandFacts, options: Options, error: NodeJS.ErrnoException): SchedulerError {
  const word = /'(-[^\s']*)/.exec(error.message)?.[1] ?? null;
  const hint = `See \`ncp-scheduler ${facts.name} --help\`.`;
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && word !== null) {
    const form = commandForms[word];
    if (form !== undefined && 'params' in options)
      return new SchedulerError('usage/unknown-option', `${facts.name} has no option ${word}. ${form} ${hint}`, {
        option: word,
      });
    const near = closest(word.replace(/^-+/, ''), Object.keys(options));
    const guess = near === null ? '' : ` Did you mean --${near}?`;
    return new SchedulerError('usage/unknown-option', `${facts.name} has no option ${word}.${guess} ${hint}`, {
      option: word,
      suggestion: near === null ? null : `--${near}`,
    });
  }
  return new SchedulerError('usage/invalid-arguments', `${error.message} ${hint}`, { option: word });
}

function positionalCount(positionals: Options): number {
  const all = Object.values(positionals);
  return all.some((positional) => positional.repeatable) ? Infinity : all.length;
}

function assignPositionals(facts: CommandFacts, words: readonly string[], raw: Map<string, string[]>): void {
  let rest = words;
  for (const [name, positional] of Object.entries(facts.positionals)) {
    const taken = positional.repeatable ? rest : rest.slice(0, 1);
    if (taken.length > 0) raw.set(name, [...taken]);
    rest = rest.slice(taken.length);
  }
  const [surplus] = rest;
  if (surplus === undefined) return;
  throw new SchedulerError(
    'usage/unexpected-argument',
    `${facts.name} does not accept the argument "${surplus}". Put a value that contains spaces in quotes. See \`ncp-scheduler ${facts.name} --help\`.`,
    { argument: surplus },
  );
}

function checkRequired(facts: CommandFacts, raw: RawArguments): void {
  const missing = [
    ...missingOf(facts.positionals, raw).map((name) => name.toUpperCase()),
    ...missingOf(facts.options, raw).map((name) => `--${name}`),
  ];
  if (missing.length === 0) return;
  throw new SchedulerError(
    'usage/missing-argument',
    `${facts.name} needs ${missing.join(', ')}. See \`ncp-scheduler ${facts.name} --help\`.`,
    { missing },
  );
}

function missingOf(options: Options, raw: RawArguments): string[] {
  return Object.entries(options)
    .filter(([name, option]) => option.required && !raw.has(name))
    .map(([name]) => name);
}
