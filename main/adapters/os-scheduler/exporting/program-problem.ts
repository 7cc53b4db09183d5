import type { Task } from '../../../contract/task.ts';
import type { GroupTarget } from '../../../contract/transfer.ts';
import { commandLine } from '../windows/command-line.ts';
import { wordsOf } from './task-command.ts';
import { crontabCommand } from './to-crontab.ts';

/** Returns why a format would run something else than the task's words, or null if it runs them. */
export function programProblem(target: GroupTarget, task: Task): string | null {
  const words = wordsOf(task, target === 'windows' ? 'cmd' : 'sh');
  const [program = ''] = words;
  if (program.trim() === '') return 'it does not name a program.';
  switch (target) {
    case 'crontab':
      return crontabProblem(task, program);
    case 'systemd':
      return systemdProblem(program, [...words, ...Object.values(task.env ?? {})]);
    case 'windows':
      return windowsProblem(task, program, words);
    case 'launchd':
    case 'kubernetes':
      return null;
  }
}

/** The longest command that Debian's cron accepts, in bytes (`MAX_COMMAND` in its cron.h, with the ending NUL). */
const LONGEST_CRON_COMMAND = 999;

function crontabProblem(task: Task, program: string): string | null {
  const command = crontabCommand(task);
  if (command.trim() === '') return 'its command is empty.';
  if (Array.isArray(task.parameters['args']) && program.includes('='))
    return `its program ${shown(program)} has "=", which a shell takes for a variable.`;
  if (/\\\\+%/.test(command))
    return 'its command has a backslash before a percent sign, which a crontab line cannot express. Put its command into a script.';
  const bytes = Buffer.byteLength(command);
  if (bytes > LONGEST_CRON_COMMAND)
    return `its command is ${bytes} bytes long; cron accepts ${LONGEST_CRON_COMMAND}. Put its command into a script.`;
  return null;
}

/** systemd refuses lines of more than 1 MiB (`LONG_LINE_MAX`), and an escaped character takes two. */
const LONGEST_UNIT_TEXTS = 500_000;

function systemdProblem(program: string, texts: readonly string[]): string | null {
  // systemd removes quotes before it looks for prefixes (`man 5 systemd.service`, "Command lines").
  if (/^[-@:+!|]/.test(program))
    return `its program ${shown(program)} begins with a character that systemd takes for an option.`;
  // `string_is_safe` in systemd's sources.
  if (/["'\\]/.test(program))
    return `its program ${shown(program)} has a quote or a backslash, which systemd refuses in a program.`;
  if (texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0) > LONGEST_UNIT_TEXTS)
    return `its command and environment are longer than ${LONGEST_UNIT_TEXTS} bytes, which a systemd unit cannot contain. Put its command into a script.`;
  return null;
}

/** The longest command line of Windows, in UTF-16 units (`CreateProcessW`). */
const LONGEST_WINDOWS_LINE = 32_766;

function windowsProblem(task: Task, program: string, words: readonly string[]): string | null {
  const field = program.trim() === program && !program.includes('"') ? null : shown(program);
  if (field !== null)
    return `its program ${field} has a quote, or begins or ends with a space, which Task Scheduler does not keep.`;
  const line = commandLine(words);
  // cmd replaces variables itself; other programs get the text.
  if (Array.isArray(task.parameters['args']) && /%[^%\s]+%/.test(words.join(' ')))
    return 'its arguments have a part between percent signs, which Task Scheduler replaces by a variable.';
  if (line.length > LONGEST_WINDOWS_LINE)
    return `its command is ${line.length} characters long; Windows accepts ${LONGEST_WINDOWS_LINE}. Put its command into a script.`;
  return null;
}

const shown = (program: string): string => JSON.stringify(program.slice(0, 60));
