import { globalOptions } from '../arguments.ts';
import type { Command } from '../command.ts';
import { lookupOf } from '../completion-lookups.ts';
import type { CompletionLookup } from '../completion-lookups.ts';

/** A word that can be typed, and what it does. */
export interface CompletionWord {
  readonly word: string;
  readonly describe: string;
}

export interface CompletionOption extends CompletionWord {
  readonly takesValue: boolean;
  readonly repeatable: boolean;
  /** The values it takes; empty where they cannot be listed. */
  readonly choices: readonly string[];
  /** Its value is a directory. */
  readonly directory: boolean;
  /** What `_complete` is asked for its values; null where it knows none. */
  readonly lookup: CompletionLookup | null;
}

export interface CompletionCommand extends CompletionWord {
  /** One or two words. */
  readonly path: readonly string[];
  readonly options: readonly CompletionOption[];
  /** Values of its first positional, where they can be listed. */
  readonly values: readonly string[];
  /** What `_complete` is asked for the values of its first positional. */
  readonly lookup: CompletionLookup | null;
}

/** What every shell's script is written from. */
export interface CompletionTree {
  readonly commands: readonly CompletionCommand[];
  readonly globals: readonly CompletionOption[];
}

/** What every shell's script is written from. */
export function completionTree(commands: readonly Command[]): CompletionTree {
  return {
    globals: optionsOf(globalOptions),
    commands: commands.map(({ name, summary, options, positionals }) => ({
      word: name,
      describe: summary,
      path: name.split(' '),
      options: optionsOf(options),
      values: Object.values(positionals)[0]?.choices ?? [],
      lookup: lookupOf(Object.values(positionals)[0]?.value ?? null),
    })),
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

/** The words that may stand first: commands of one word, and the groups of the others. */
export function firstWords(tree: CompletionTree): CompletionWord[] {
  const words = new Map<string, string>();
  for (const { path, describe } of tree.commands) {
    const [first = ''] = path;
    const members = tree.commands.filter((command) => command.path[0] === first && command.path.length > 1);
    words.set(first, members.length === 0 ? describe : members.map(({ path: [, second = ''] }) => second).join(', '));
  }
  return [...words].map(([word, describe]) => ({ word, describe }));
}

/** The second words of a group; empty for a command of one word. */
export function secondWords(tree: CompletionTree, first: string): CompletionWord[] {
  return tree.commands.flatMap(({ path, describe }) =>
    path[0] === first && path[1] !== undefined ? [{ word: path[1], describe }] : [],
  );
}
