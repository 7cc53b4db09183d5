import { firstWords, secondWords } from './completion-tree.ts';
import type { CompletionCommand, CompletionOption, CompletionTree, CompletionWord } from './completion-tree.ts';

/** Returns the script for `ncp-scheduler completion powershell | Out-String | Invoke-Expression`, in a profile. */
export function completePowerShell(tree: CompletionTree): string {
  const groups = firstWords(tree).filter(({ word }) => secondWords(tree, word).length > 0);
  return `# PowerShell completion of ncp-scheduler
Register-ArgumentCompleter -Native -CommandName @('ncp-scheduler', 'ncp-scheduler.exe') -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $next = @{
    '' = @(${firstWords(tree).map(pair).join(', ')})
${groups.map(({ word }) => `    ${quote(word)} = @(${secondWords(tree, word).map(pair).join(', ')})`).join('\n')}
${tree.commands
  .filter(({ values }) => values.length > 0)
  .map(
    ({ word, values }) =>
      `    ${quote(word)} = @(${values.map((value) => pair({ word: value, describe: value })).join(', ')})`,
  )
  .join('\n')}
  }
  $globals = @(${tree.globals.map(pair).join(', ')})
  $options = @{
${tree.commands.map(({ word, options }) => `    ${quote(word)} = @(${options.map(pair).join(', ')})`).join('\n')}
  }
  $values = @{
${tree.commands.flatMap(({ word, options }) => options.flatMap((option) => valuesOf(word, option))).join('\n')}
  }
  $lookups = @{
${tree.commands.flatMap(lookupLines).join('\n')}
  }
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = ''
  $isValue = $false
  foreach ($word in $words) {
    if ($isValue) { $isValue = $false; continue }
    if ($word -in '--on', '--data-dir') { $isValue = $true; continue }
    if ($word.StartsWith('-')) { continue }
    if ($command -eq '') { $command = $word }
    elseif ($options.ContainsKey("$command $word")) { $command = "$command $word"; break }
    else { break }
  }
  $previous = if ($words.Count -gt 0) { $words[-1] } else { '' }
  $lookup = $lookups["$command $previous"]
  if (-not $lookup -and -not $wordToComplete.StartsWith('-') -and -not $values.ContainsKey("$command $previous")) { $lookup = $lookups[$command] }
  $typed = $wordToComplete.Trim("'", '"')
  $found = if ($lookup) {
      $at = [Array]::IndexOf($words, '--data-dir')
      $dir = if ($at -ge 0 -and $at + 1 -lt $words.Count) { @('--data-dir', $words[$at + 1]) } else { @() }
      & $commandAst.CommandElements[0].ToString() @dir _complete $lookup 2>$null | ForEach-Object {
        $parts = $_ -split "\`t", 2
        @{ Word = $parts[0]; Text = if ($parts[1]) { $parts[1] } else { $parts[0] } }
      }
    }
    elseif ($values.ContainsKey("$command $previous")) { $values["$command $previous"] }
    elseif ($wordToComplete.StartsWith('-')) { $globals + @($options[$command]) }
    else { @($next[$command]) }
  $found | Where-Object { $_ -and $_.Word -like "$typed*" } | ForEach-Object {
    $quoted = if ($_.Word -match '^[\\w:/.@+-]+$') { $_.Word } else { "'" + $_.Word.Replace("'", "''") + "'" }
    [System.Management.Automation.CompletionResult]::new($quoted, $_.Word, 'ParameterValue', $_.Text)
  }
}
`;
}

function valuesOf(command: string, { word, choices }: CompletionOption): string[] {
  if (choices.length === 0) return [];
  const list = choices.map((choice) => pair({ word: choice, describe: choice }));
  return [`    ${quote(`${command} ${word}`)} = @(${list.join(', ')})`];
}

function lookupLines({ word, lookup, options }: CompletionCommand): string[] {
  const own = lookup === null ? [] : [`    ${quote(word)} = ${quote(lookup)}`];
  const ofOptions = options.flatMap((option) =>
    option.lookup === null ? [] : [`    ${quote(`${word} ${option.word}`)} = ${quote(option.lookup)}`],
  );
  return [...own, ...ofOptions];
}

function pair({ word, describe }: CompletionWord): string {
  return `@{ Word = ${quote(word)}; Text = ${quote(describe)} }`;
}

/** Quotes for PowerShell, where typographic quotes end a string too. */
function quote(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}
