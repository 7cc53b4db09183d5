import { globalOptions } from '../arguments.ts';
import type { Command } from '../command.ts';
import { aliasLine, optionLabel, optionText, usageLine } from '../help.ts';
import type { Options } from '../option.ts';

/** Returns the manual page ncp-scheduler(1), in the man macros of groff_man(7). */
export function manPage(commands: readonly Command[]): string {
  return `${[
    '.\\" Generated from the table of commands (main/cli). `npx vitest run -u main/cli/manual` updates it.',
    '.TH NCP-SCHEDULER 1 "" "NCP Scheduler" "User Commands"',
    '.SH NAME',
    `ncp\\-scheduler \\- ${roff('run recurring and one-off tasks on time, and tell the truth about every run')}`,
    '.SH SYNOPSIS',
    '.B ncp\\-scheduler',
    '.I COMMAND',
    '[\\fIOPTIONS\\fR]',
    '.SH DESCRIPTION',
    paragraph(
      'TASK is the id of a task, or its name if no other task has it. DURATION is a length of time: 90s, 5m, 2h, 1d, "2 hours" or a number of milliseconds. INSTANT is ISO 8601, a local time such as "2026-12-03 14:15", or words such as "tomorrow 9am" and "in 2 hours".',
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
    roff(
      'Tasks (schedule.json), settings (config.json), the ledger and the logs. --data-dir chooses another directory.',
    ),
    '.SH ENVIRONMENT',
    '.TP',
    '.B NCP_SCHEDULER_DIR',
    roff('The data directory, if --data-dir is not given.'),
    '.TP',
    '.B NO_COLOR',
    roff('Any value turns colours off.'),
  ].join('\n')}\n`;
}

const exitStatus = [
  ['0', 'Success.'],
  ['1', 'A run failed, timed out or was cancelled.'],
  ['2', 'Invalid usage or input.'],
  ['3', 'Not found.'],
  ['4', 'The data directory is unreadable, read-only or locked.'],
  ['5', 'The OS scheduler reported an error.'],
  [
    '129, 130, 143',
    'Stopped by SIGHUP, SIGINT (Ctrl-C) or SIGTERM before it was done. A second signal ends a command at once.',
  ],
] as const;

function commandSection(command: Command): string[] {
  const { name, summary, description, positionals, options, examples } = command;
  return [
    `.SS ${roff(name)}`,
    paragraph(`${summary} ${aliasLine(command)}`.trim()),
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
    // A long list of values may break after each of them.
    `.B ${roff(label(name, option)).replaceAll('|', '|\\:')}`,
    roff(optionText(option)),
  ]);
}

function paragraph(text: string): string {
  return roff(text);
}

/** Escapes text for groff: backslashes, hyphens, tildes, and a dot or quote at the start of a line. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replace(/^[.']/, '\\&$&');
}
