import { globalOptions } from '../arguments.ts';
import type { Command } from '../command.ts';
import { optionLabel, optionText, usageLine } from '../help.ts';
import type { Options } from '../option.ts';

/** The manual page ncp-scheduler(1), in the man macros of groff_man(7). */
export function manPage(commands: readonly Command[]): string {
  return `${[
    '.\\" Derived from the table of commands (main/cli). `npx vitest run -u main/cli/manual` writes it again.',
    '.TH NCP-SCHEDULER 1 "" "NCP Scheduler" "User Commands"',
    '.SH NAME',
    `ncp\\-scheduler \\- ${roff('run recurring and one-off tasks on time, and tell the truth about every run')}`,
    '.SH SYNOPSIS',
    '.B ncp\\-scheduler',
    '.I COMMAND',
    '[\\fIOPTIONS\\fR]',
    '.SH DESCRIPTION',
    paragraph(
      'TASK is an id or a name that only one task has. A DURATION is 90s, 5m, 2h, 1d, "2 hours" or milliseconds. An INSTANT is ISO 8601, a local time such as "2026-12-03 14:15", or words such as "tomorrow 9am" and "in 2 hours".',
    ),
    '.SH COMMANDS',
    ...commands.flatMap(commandSection),
    '.SH GLOBAL OPTIONS',
    ...optionList(globalOptions, optionLabel),
    '.SH EXIT STATUS',
    ...exitStatus.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, roff(meaning)]),
    '.SH FILES',
    '.TP',
    '.I ~/.ncp/scheduler',
    roff('The schedule (schedule.json), settings (config.json), the ledger and the logs. Another place: --data-dir.'),
    '.SH ENVIRONMENT',
    '.TP',
    '.B NCP_SCHEDULER_DIR',
    roff('The data directory, where --data-dir is not given.'),
    '.TP',
    '.B NO_COLOR',
    roff('Any value turns colours off.'),
  ].join('\n')}\n`;
}

const exitStatus = [
  ['0', 'Done.'],
  ['1', 'A task that was run failed, timed out or was cancelled.'],
  ['2', 'Bad usage or input.'],
  ['3', 'Not found.'],
  ['4', 'The store is unreadable, read-only or locked.'],
  ['5', 'The OS scheduler refused.'],
] as const;

function commandSection(command: Command): string[] {
  const { name, summary, description, positionals, options, examples } = command;
  return [
    `.SS ${roff(name)}`,
    paragraph(summary),
    ...(description === undefined ? [] : ['.PP', paragraph(description)]),
    '.PP',
    `.B ${roff(usageLine(command))}`,
    ...optionList(positionals, (word) => word.toUpperCase()),
    ...optionList(options, optionLabel),
    ...examples.flatMap(({ line, does }) => [
      '.PP',
      roff(`Example: ${does}.`),
      '.EX',
      roff(`ncp-scheduler ${line}`),
      '.EE',
    ]),
  ];
}

function optionList(options: Options, label: (name: string, option: Options[string]) => string): string[] {
  return Object.entries(options).flatMap(([name, option]) => [
    '.TP',
    `.B ${roff(label(name, option))}`,
    roff(optionText(option)),
  ]);
}

function paragraph(text: string): string {
  return roff(text);
}

/** Text as groff prints it: backslashes, hyphens that are typed, quotes, and a dot or quote that begins a line. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replace(/^[.']/, '\\&$&');
}
