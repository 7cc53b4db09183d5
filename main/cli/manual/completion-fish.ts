import { firstWords, secondWords } from './completion-tree.ts';
import type { CompletionCommand, CompletionOption, CompletionTree } from './completion-tree.ts';

/** Returns the script for `ncp-scheduler completion fish > ~/.config/fish/completions/ncp-scheduler.fish`. */
export function completeFish(tree: CompletionTree): string {
  const first = firstWords(tree).map(({ word }) => word);
  const none = `not __ncp_scheduler_seen ${first.join(' ')}`;
  return `${[
    '# fish completion of ncp-scheduler',
    'function __ncp_scheduler_lookup',
    '  set -l words (commandline -opc)',
    '  set -l dir',
    '  if set -l at (contains -i -- --data-dir $words)',
    '    set dir --data-dir $words[(math $at + 1)]',
    '  end',
    '  $words[1] $dir _complete $argv[1] 2>/dev/null',
    'end',
    // As __fish_seen_subcommand_from, but the value of a global option is no command: a machine may be called "web".
    'function __ncp_scheduler_seen',
    '  set -l words (commandline -opc)',
    '  set -e words[1]',
    '  set -l is_value 0',
    '  for word in $words',
    '    if test $is_value = 1',
    '      set is_value 0',
    '    else if contains -- $word --on --data-dir',
    '      set is_value 1',
    '    else if contains -- $word $argv',
    '      return 0',
    '    end',
    '  end',
    '  return 1',
    'end',
    'complete -c ncp-scheduler -f',
    ...firstWords(tree).map(({ word, describe }) => line(none, `-a ${word} -d ${quote(describe)}`)),
    ...tree.globals.map((option) => `complete -c ncp-scheduler ${optionFlags(option)}`),
    ...first.flatMap((word) => secondLines(tree, word)),
    ...tree.commands.flatMap(commandLines),
  ].join('\n')}\n`;
}

function secondLines(tree: CompletionTree, group: string): string[] {
  const members = secondWords(tree, group);
  const when = `__ncp_scheduler_seen ${group}; and not __ncp_scheduler_seen ${members.map(({ word }) => word).join(' ')}`;
  return members.map(({ word, describe }) => line(when, `-a ${word} -d ${quote(describe)}`));
}

function commandLines({ path, options, values, lookup }: CompletionCommand): string[] {
  const when = path.map((word) => `__ncp_scheduler_seen ${word}`).join('; and ');
  return [
    ...options.map((option) => line(when, optionFlags(option))),
    ...(values.length === 0 ? [] : [line(when, `-a ${quote(values.join(' '))}`)]),
    ...(lookup === null ? [] : [line(when, `-a '(__ncp_scheduler_lookup ${lookup})'`)]),
  ];
}

function line(when: string, what: string): string {
  return `complete -c ncp-scheduler -n ${quote(when)} ${what}`;
}

function optionFlags({ word, describe, takesValue, choices, directory, lookup }: CompletionOption): string {
  const value = !takesValue ? '' : directory ? ` -x -a '(__fish_complete_directories)'` : ' -x';
  const listed = choices.length === 0 ? '' : ` -a ${quote(choices.join(' '))}`;
  const asked = lookup === null ? '' : ` -a '(__ncp_scheduler_lookup ${lookup})'`;
  return `-l ${word.slice('--'.length)}${value}${listed}${asked} -d ${quote(describe)}`;
}

/** Quotes for fish, which has two escapes in single quotes: for the quote and for the backslash. */
function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
