import { globalOptions } from '../arguments.ts';
import type { Command } from '../command.ts';
import { lookupOf } from '../completion-lookups.ts';
import type { CompletionLookup } from '../completion-lookups.ts';

/** A word that can be typed, with its description. */
export interface CompletionWord {
  readonly word: string;
  readonly describe: string;
}

export interface CompletionOption extends CompletionWord {
  readonly takesValue: boolean;
  readonly repeatable: boolean;
  /** The values it accepts; empty if they cannot be listed. */
  readonly choices: readonly string[];
  /** Its value is a directory. */
  readonly directory: boolean;
  /** The lookup that lists its values; null if there is none. */
  readonly lookup: CompletionLookup | null;
}

export interface CompletionCommand extends CompletionWord {
  /** One or two words. */
  readonly path: readonly string[];
  readonly options: readonly CompletionOption[];
  /** The values of its first positional; empty if they cannot be listed. */
  readonly values: readonly string[];
  /** The lookup that lists the values of its first positional; null if there is none. */
  readonly lookup: CompletionLookup | null;
}

/** The commands and options from which each shell's script is written. */
export interface CompletionTree {
  readonly commands: readonly CompletionCommand[];
  readonly globals: readonly CompletionOption[];
}

/** Returns the commands and options from which each shell's script is written. An alias counts as a command. */
export function completionTree(commands: readonly Command[]): CompletionTree {
  return {
    globals: optionsOf(globalOptions),
    commands: [
      ...commands.map((command) => completionCommand(command.name, command.summary, command)),
      ...commands.flatMap((command) =>
        (command.aliases ?? []).map((alias) => completionCommand(alias, `Alias of ${command.name}.`, command)),
      ),
    ],
  };
}

function completionCommand(word: string, describe: string, { options, positionals }: Command): CompletionCommand {
  const [first] = Object.values(positionals);
  return {
    word,
    describe,
    path: word.split(' '),
    options: optionsOf(options),
    values: first?.choices ?? [],
    lookup: lookupOf(first?.value ?? null),
  };
}

function optionsOf(options: Command['options']): CompletionOption[] {
  return Object.entries(options).map(([name, option]) => ({
    word: `--${name}`,
    describe: option.describe,
    takesValue: option.value !== null,
    repeatable: option.repeatable,
    choices: option.choices ?? [],
    directory: option.value === 'DIR',
    lookup: lookupOf(option.value),
  }));
}

/** Returns the words that can stand first: one-word commands and the first words of the others. */
export function firstWords(tree: CompletionTree): CompletionWord[] {
  const words = new Map<string, string>();
  for (const { path, describe } of tree.commands) {
    const [first = ''] = path;
    const members = tree.commands.filter((command) => command.path[0] === first && command.path.length > 1);
    words.set(first, members.length === 0 ? describe : members.map(({ path: [, second = ''] }) => second).join(', '));
  }
  return [...words].map(([word, describe]) => ({ word, describe }));
}

/** Returns the second words after `first`; empty for a one-word command. */
export function secondWords(tree: CompletionTree, first: string): CompletionWord[] {
  return tree.commands.flatMap(({ path, describe }) =>
    path[0] === first && path[1] !== undefined ? [{ word: path[1], describe }] : [],
  );
}
