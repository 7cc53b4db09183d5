/**
 * One argument of `Exec` in a .desktop file: quoted, and with what the quotes and the key's own escapes leave special
 * escaped. https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
 */
function execArgument(argument: string): string {
  const plain = /^[\w@:,./+=-]+$/.test(argument);
  // A field code begins with %, quoted or not.
  const literal = argument.replaceAll('%', '%%');
  if (plain) return literal;
  return `"${literal.replace(/["`$\\]/g, '\\$&')}"`;
}

/** A value of type string: backslashes and line breaks are escaped once more, after quoting. */
function stringValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}

/** The whole file that starts `command` at login (https://specifications.freedesktop.org/autostart-spec/latest/). */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=NCP Scheduler',
    'Comment=Runs your recurring and one-off tasks on time',
    `Exec=${stringValue(command.map(execArgument).join(' '))}`,
    'Icon=ncp-scheduler',
    'Terminal=false',
    'StartupNotify=false',
    '',
  ].join('\n');
}

/** Whether a person, or their desktop's own settings, switched an entry off without removing it. */
export function isSwitchedOff(entry: string): boolean {
  return /^Hidden=true\s*$/m.test(entry) || /^X-GNOME-Autostart-enabled=false\s*$/m.test(entry);
}
