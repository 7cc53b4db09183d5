import { firstWords, secondWords } from './completion-tree.ts';
import type { CompletionCommand, CompletionOption, CompletionTree, CompletionWord } from './completion-tree.ts';

/** Returns the script for a file `_ncp-scheduler` in `$fpath`, or for `source <(ncp-scheduler completion zsh)`. */
export function completeZsh(tree: CompletionTree): string {
  const groups = firstWords(tree).filter(({ word }) => secondWords(tree, word).length > 0);
  return `#compdef ncp-scheduler
# zsh completion of ncp-scheduler
_ncp_scheduler_lookup() {
  local -a values
  local line
  for line in \${(f)"$("$ncp_program" $ncp_data_dir _complete $1 2>/dev/null)"}; do values+=("\${line%%$'\\t'*}"); done
  compadd -a values
}
_ncp_scheduler() {
  local ncp_program=$words[1] ncp_at=$words[(I)--data-dir]
  local -a ncp_data_dir
  (( ncp_at )) && ncp_data_dir=(--data-dir "\${(Q)words[ncp_at+1]}")
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C ${tree.globals.map(argument).join(' ')} '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands=(${firstWords(tree).map(described).join(' ')})
      _describe command commands ;;
    argument)
      case $line[1] in
${groups.map(({ word }) => groupCase(tree, word)).join('\n')}
${tree.commands
  .filter(({ path }) => path.length === 1)
  .map((command) => `        ${command.word}) ${argumentsOf(tree, command)} ;;`)
  .join('\n')}
      esac ;;
  esac
}
compdef _ncp_scheduler ncp-scheduler
`;
}

function groupCase(tree: CompletionTree, group: string): string {
  const members = tree.commands.filter(({ path }) => path[0] === group);
  return `        ${group})
          if (( CURRENT == 2 )); then
            local -a members=(${secondWords(tree, group).map(described).join(' ')})
            _describe command members
            return
          fi
          case $words[2] in
${members.map((member) => `            ${member.path[1] ?? ''}) ${argumentsOf(tree, member)} ;;`).join('\n')}
          esac ;;`;
}

function argumentsOf(tree: CompletionTree, command: CompletionCommand): string {
  const listed = command.lookup === null ? '' : `_ncp_scheduler_lookup ${command.lookup}`;
  const action = command.values.length === 0 ? listed : `(${command.values.join(' ')})`;
  const values = action === '' ? [] : [`'1:value:${action}'`];
  return ['_arguments', ...[...tree.globals, ...command.options].map(argument), ...values].join(' ');
}

/** `'*--env[text]:value:'`. */
function argument(option: CompletionOption): string {
  const value = option.takesValue ? `:value:${action(option)}` : '';
  return quote(`${option.repeatable ? '*' : ''}${option.word}[${escapeText(option.describe)}]${value}`);
}

function action({ choices, directory, lookup }: CompletionOption): string {
  if (directory) return '_files -/';
  if (lookup !== null) return `_ncp_scheduler_lookup ${lookup}`;
  return choices.length === 0 ? ' ' : `(${choices.join(' ')})`;
}

function described({ word, describe }: CompletionWord): string {
  return quote(`${word}:${escapeText(describe)}`);
}

/** Escapes brackets, colons and backslashes, which have a meaning in a specification. */
function escapeText(text: string): string {
  return text.replace(/[\\[\]:]/g, '\\$&');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
