import { firstWords, secondWords } from './completion-tree.ts';
import type { CompletionOption, CompletionTree } from './completion-tree.ts';

/** Returns the script for `source <(ncp-scheduler completion bash)`. It needs only bash. */
export function completeBash(tree: CompletionTree): string {
  const groups = firstWords(tree).filter(({ word }) => secondWords(tree, word).length > 0);
  return `# bash completion of ncp-scheduler
_ncp_scheduler_lookup() {
  local value typed=\${2//\\\\/}
  while IFS=$'\\t' read -r value _; do
    case "$typed" in
      [\\'\\"]*) [[ $value == "\${typed:1}"* ]] && COMPREPLY+=("$value") ;;
      *) [[ $value == "$typed"* ]] && COMPREPLY+=("$(printf %q "$value")") ;;
    esac
  done < <("\${COMP_WORDS[0]}" "\${data_dir[@]}" _complete "$1" 2>/dev/null)
}
_ncp_scheduler() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= word index lookup= data_dir=()
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ $word == --data-dir ]]; then ((index++)); data_dir=(--data-dir "\${COMP_WORDS[index]/#\\~/$HOME}"); continue; fi
    if [[ $word == --on ]]; then ((index++)); continue; fi
    if [[ $word == -* ]]; then continue; fi
    case "$command" in
      '') command=$word ;;
      ${groups.map(({ word }) => word).join(' | ')}) command="$command $word"; break ;;
      *) break ;;
    esac
  done
  local options='${tree.globals.map(({ word }) => word).join(' ')}' values=
  case "$command" in
    '') values='${firstWords(tree)
      .map(({ word }) => word)
      .join(' ')}' ;;
${groups
  .map(
    ({ word }) =>
      `    ${word}) values='${secondWords(tree, word)
        .map((second) => second.word)
        .join(' ')}' ;;`,
  )
  .join('\n')}
${tree.commands.map((command) => `    '${command.word}') options="$options ${command.options.map(({ word }) => word).join(' ')}" values='${command.values.join(' ')}'${command.lookup === null ? '' : ` lookup=${command.lookup}`} ;;`).join('\n')}
  esac
  case "$command $previous" in
${tree.commands.flatMap(({ word, options }) => options.flatMap((option) => valueCase(`'${word} ${option.word}'`, option))).join('\n')}
${tree.globals.flatMap((option) => valueCase(`*' ${option.word}'`, option)).join('\n')}
  esac
  if [[ $current == -* ]]; then values=$options; fi
  COMPREPLY=($(compgen -W "$values" -- "$current"))
  if [[ -n $lookup && $current != -* ]]; then _ncp_scheduler_lookup "$lookup" "$current"; fi
}
complete -F _ncp_scheduler ncp-scheduler
`;
}

/** Returns the case for an option that takes a value: it completes choices, directories, looked-up values or nothing. */
function valueCase(pattern: string, option: CompletionOption): string[] {
  if (!option.takesValue) return [];
  const reply = option.directory
    ? 'COMPREPLY=($(compgen -d -- "$current"))'
    : option.lookup !== null
      ? `_ncp_scheduler_lookup ${option.lookup} "$current"`
      : `COMPREPLY=(${option.choices.length === 0 ? '' : `$(compgen -W '${option.choices.join(' ')}' -- "$current")`})`;
  return [`    ${pattern}) ${reply}; return ;;`];
}
