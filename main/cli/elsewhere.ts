import type { Machine } from '../contract/machines.ts';
import { carriedVariables, mostInput } from '../contract/remote-command.ts';
import { SchedulerError } from '../domain/errors.ts';
import { splitCommand, withoutMachine } from './arguments.ts';
import { commandGroups } from './command-table.ts';
import type { CliEnvironment, ElsewhereRun } from './environment.ts';
import { wholeInput } from './values/whole-input.ts';

/** Commands that hold a conversation on standard input until it ends. */
const conversations: readonly string[] = ['mcp', 'bridge'];
/** The command that reads standard input without being told to by `-`. */
const readsSecret = 'secrets set';

type ElsewhereCommand = Pick<ElsewhereRun, 'machine' | 'command' | 'input'>;

interface LineElsewhere {
  /** Null if the line has no command. */
  readonly name: string | null;
  /** What follows the name. */
  readonly rest: readonly string[];
  readonly words: string[];
}

/** Returns the command line for the other machine, and its command. */
export function commandElsewhere(argv: readonly string[]): LineElsewhere {
  const words = withoutMachine(argv);
  return { ...splitCommand(words, (word) => commandGroups.includes(word)), words };
}

/** Returns what to send to the other machine. @throws SchedulerError `usage/…` for input that cannot be sent. */
export async function elsewhere(
  { name, words }: Pick<LineElsewhere, 'name' | 'words'>,
  machine: Machine,
  environment: CliEnvironment,
): Promise<ElsewhereCommand> {
  const { env, isTerminal, columns, stdin } = environment;
  const end = words.indexOf('--');
  const options = end === -1 ? words : words.slice(0, end);
  const hasDataDir = options.some((word) => /^--data-dir(=|$)/.test(word));
  const dataDir = machine.dataDir === undefined || hasDataDir ? [] : ['--data-dir', machine.dataDir];
  const carried = carriedVariables.flatMap((key) => (env[key] === undefined ? [] : [[key, env[key]] as const]));
  const command = {
    argv: [...dataDir, ...words],
    terminal: isTerminal ? { columns: columns ?? null } : null,
    env: Object.fromEntries(carried),
  };
  if (name !== null && conversations.includes(name)) return { machine, command, input: stdin };
  if (name === readsSecret && 'isTTY' in stdin && stdin.isTTY === true) throw pipeSecret(words);
  const reads = name === readsSecret || words.some((word) => word === '-' || word.endsWith('=-'));
  return { machine, command, input: reads ? await wholeInput(stdin, mostInput, '--on sends') : Buffer.alloc(0) };
}

function pipeSecret(words: readonly string[]): SchedulerError {
  const message = `With --on, the value of a secret cannot be typed. Pipe it in, for example: printf %s "$TOKEN" | ncp-scheduler --on MACHINE ${words.join(' ')}`;
  return new SchedulerError('usage/missing-value', message);
}
