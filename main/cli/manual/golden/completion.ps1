# PowerShell completion of ncp-scheduler
Register-ArgumentCompleter -Native -CommandName @('ncp-scheduler', 'ncp-scheduler.exe') -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $next = @{
    '' = @(@{ Word = 'get'; Text = 'Show a task, what it uses and its next runs.' }, @{ Word = 'os'; Text = 'list' }, @{ Word = 'completion'; Text = 'Print a completion script for a shell.' })
    'os' = @(@{ Word = 'list'; Text = 'List the entries in the OS scheduler.' })
    'completion' = @(@{ Word = 'bash'; Text = 'bash' }, @{ Word = 'zsh'; Text = 'zsh' }, @{ Word = 'fish'; Text = 'fish' }, @{ Word = 'powershell'; Text = 'powershell' })
  }
  $globals = @(@{ Word = '--data-dir'; Text = 'Data directory: tasks, settings, ledger and logs. Default: $NCP_SCHEDULER_DIR, or ~/.ncp/scheduler.' }, @{ Word = '--on'; Text = 'Run the command on another machine over SSH: a name from `machines list`, user@host or a name from ~/.ssh/config. Files that you name are files there.' }, @{ Word = '--json'; Text = 'Print the result as one JSON document on standard output.' }, @{ Word = '--help'; Text = 'Show this help.' }, @{ Word = '--version'; Text = 'Show the version.' })
  $options = @{
    'get' = @()
    'os list' = @()
    'completion' = @()
  }
  $values = @{

  }
  $lookups = @{
    'get' = 'TASK'
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
        $parts = $_ -split "`t", 2
        @{ Word = $parts[0]; Text = if ($parts[1]) { $parts[1] } else { $parts[0] } }
      }
    }
    elseif ($values.ContainsKey("$command $previous")) { $values["$command $previous"] }
    elseif ($wordToComplete.StartsWith('-')) { $globals + @($options[$command]) }
    else { @($next[$command]) }
  $found | Where-Object { $_ -and $_.Word -like "$typed*" } | ForEach-Object {
    $quoted = if ($_.Word -match '^[\w:/.@+-]+$') { $_.Word } else { "'" + $_.Word.Replace("'", "''") + "'" }
    [System.Management.Automation.CompletionResult]::new($quoted, $_.Word, 'ParameterValue', $_.Text)
  }
}
