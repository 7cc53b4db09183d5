import { SchedulerError } from './errors.ts';

/**
 * Returns one argument for `Exec` of a .desktop file: quoted, with the characters escaped that are special inside
 * quotes or to the key itself. https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
 */
function execArgument(argument: string): string {
  const plain = /^[\w@:,./+=-]+$/.test(argument);
  // A field code begins with %, whether quoted or not.
  const literal = argument.replaceAll('%', '%%');
  if (plain) return literal;
  return `"${literal.replace(/["`$\\]/g, '\\$&')}"`;
}

/** Returns a value of type string: after quoting, backslashes and line breaks are escaped once more. */
function stringValue(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}

/**
 * Returns the file that starts `command` at login (https://specifications.freedesktop.org/autostart-spec/latest/).
 * @throws SchedulerError `os/unsafe-path` for a character that a value of type string cannot contain
 */
export function autostartEntry(command: readonly string[]): string {
  for (const word of command) {
    // oxlint-disable-next-line no-control-regex -- the pattern finds control characters
    if (!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u.test(word)) continue;
    throw new SchedulerError(
      'os/unsafe-path',
      `${JSON.stringify(word.slice(0, 100))} has a control character, which a .desktop file cannot contain. Move the program or the data directory to a path without it.`,
      { text: word },
    );
  }
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

/** Returns whether the person, or their desktop's settings, disabled the entry without removing it. */
export function isSwitchedOff(entry: string): boolean {
  return /^Hidden=true\s*$/m.test(entry) || /^X-GNOME-Autostart-enabled=false\s*$/m.test(entry);
}
