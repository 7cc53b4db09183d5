import { commandNeeds, type Need } from '../cli/command-needs.ts';

/** How one start of the program runs. Decided before anything else happens. */
export type StartMode =
  /** The tray app. `hidden` opens no window; `link` is an `ncp-scheduler://` address to show. */
  | {
      readonly mode: 'window' | 'hidden';
      readonly dataDir: string | null;
      readonly demo: boolean;
      readonly link: string | null;
      /** ISO instant: once the app has started, it notifies of failures since then. */
      readonly announceSince: string | null;
    }
  /** The small quick-add window, in the running app or in a new one. */
  | { readonly mode: 'quick-add'; readonly dataDir: string | null }
  /** The command line. */
  | {
      readonly mode: 'cli' | 'mcp' | 'serve' | 'timing-run' | 'task-execute';
      readonly argv: readonly string[];
      readonly dataDir: string | null;
      readonly need: Need;
    };

export interface StartQuestion {
  /** Arguments after the executable (and after the script, in development). */
  readonly argv: readonly string[];
  /** False in plain Node: there is no window, and every start is a command. */
  readonly electron: boolean;
}

const serviceModes = new Map<string, 'mcp' | 'serve' | 'timing-run' | 'task-execute'>([
  ['mcp', 'mcp'],
  ['serve', 'serve'],
  ['_timing-run', 'timing-run'],
  ['_task-execute', 'task-execute'],
]);
const ownSwitches = new Set([
  '--data-dir',
  '--on',
  '--announce-since',
  '--hidden',
  '--demo',
  '--json',
  '--help',
  '-h',
  '--version',
  '-V',
]);
const withValue = new Set(['--data-dir', '--announce-since', '--on']);

/** Returns the mode of a start. Pure, so that a table test can cover every way to start. */
export function resolveStartMode({ argv, electron }: StartQuestion): StartMode {
  const own = withoutChromiumSwitches(argv);
  // Another machine runs the command; its data directory is there.
  if (isElsewhere(own)) return { mode: 'cli', argv: own, dataDir: null, need: 'nothing' };
  const word = commandWord(own);
  const link = word?.startsWith('ncp-scheduler://') === true ? word : null;
  if (electron && word === 'quick-add' && asksForWindow(own))
    return { mode: 'quick-add', dataDir: valueOf(own, '--data-dir') };
  if (electron && (word === null || link !== null) && !asksAnything(own)) {
    const mode = own.includes('--hidden') ? 'hidden' : 'window';
    return {
      mode,
      dataDir: valueOf(own, '--data-dir'),
      demo: own.includes('--demo'),
      link,
      announceSince: valueOf(own, '--announce-since'),
    };
  }
  const mode = serviceModes.get(word ?? '') ?? 'cli';
  return { mode, argv: own, dataDir: valueOf(own, '--data-dir'), need: needOf(word, own) };
}

function needOf(word: string | null, argv: readonly string[]): Need {
  if (word === null || !Object.hasOwn(commandNeeds, word)) return 'nothing';
  const need = commandNeeds[word as keyof typeof commandNeeds];
  if (need !== 'secrets-or-test-run') return need;
  return argv.includes('--test-run') ? 'electron' : 'secrets';
}

/** Returns whether `--on` names another machine. What follows `--` belongs to the command. */
function isElsewhere(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).some((word) => nameOf(word) === '--on');
}

/** Returns whether `quick-add` opens its window. With a task text, `--help` or similar options it is a command. */
function asksForWindow(argv: readonly string[]): boolean {
  const rest = argv.slice(argv.indexOf('quick-add') + 1);
  return !asksAnything(argv) && commandWord(rest) === null && !rest.includes('--');
}

/** Removes the switches of Chromium and Node, which precede ours (`--ozone-platform=headless`, `--inspect=0`, …). */
function withoutChromiumSwitches(argv: readonly string[]): string[] {
  const first = argv.findIndex((word) => !word.startsWith('-') || ownSwitches.has(nameOf(word)));
  return first === -1 ? [] : argv.slice(first);
}

function commandWord(argv: readonly string[]): string | null {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (!word.startsWith('-')) return word;
    if (withValue.has(word)) index += 1;
  }
  return null;
}

function asksAnything(argv: readonly string[]): boolean {
  return ['--help', '-h', '--version', '-V', '--json'].some((name) => argv.includes(name));
}

function valueOf(argv: readonly string[], name: string): string | null {
  const index = argv.findIndex((word) => nameOf(word) === name);
  const word = argv[index];
  if (word === undefined) return null;
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : (argv[index + 1] ?? null);
}

function nameOf(word: string): string {
  return word.split('=', 1)[0] ?? word;
}
