import type { Command, CommandFacts } from './command.ts';
import { globalOptions } from './arguments.ts';
import type { Option, Options } from './option.ts';

const program = 'ncp-scheduler';
const widest = 100;

/** Returns the help of one command. */
export function commandHelp(command: CommandFacts, width: number): string {
  const sections = [
    command.summary,
    ...(command.description === undefined ? [] : [wrap(command.description, width, 0)]),
    `Usage: ${usageLine(command)}`,
    aliasLine(command),
    section('Arguments', rows(command.positionals, positionalLabel), width),
    section('Options', rows(command.options, optionLabel), width),
    section('Global options', rows(globalOptions, optionLabel), width),
    `Output with --json: ${command.answers}`,
    `Examples:\n${command.examples.map(({ line, does }) => `  # ${does}\n  ${program} ${line}`).join('\n')}`,
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** Returns the general help: all commands, global options and exit codes. */
export function generalHelp(commands: readonly Command[], width: number): string {
  const list = commands.map((command) => [command.name, `${command.summary} ${aliasLine(command)}`.trim()] as const);
  return `${[
    'Runs your recurring and one-off tasks on time, and tells the truth about every run.',
    `Usage: ${program} COMMAND [OPTIONS]`,
    section('Commands', list, width),
    section('Global options', rows(globalOptions, optionLabel), width),
    'TASK is the id of a task, or its name if no other task has it.\n' +
      'DURATION is a length of time: 90s, 5m, 2h, 1d, "2 hours" or a number of milliseconds.\n' +
      'INSTANT is ISO 8601 (2026-12-03T14:15:00.000Z), local time (2026-12-03 14:15) or words (tomorrow 9am, in 2 hours).',
    'Exit codes: 0 success, 1 a run failed, 2 invalid usage or input, 3 not found,\n' +
      '4 the data directory is unreadable, read-only or locked, 5 the OS scheduler reported an error,\n' +
      '129, 130, 143 stopped by SIGHUP, SIGINT (Ctrl-C) or SIGTERM. A second signal ends a command at once.',
    `Help for one command: ${program} COMMAND --help`,
  ].join('\n\n')}\n`;
}

/** Returns the help of a first word that several commands share, such as `fleet`. */
export function groupHelp(group: string, commands: readonly Command[], width: number): string {
  const members = commands.filter(({ name, aliases = [] }) =>
    [name, ...aliases].some((each) => each.startsWith(`${group} `)),
  );
  return `${[
    `Usage: ${program} ${group} COMMAND [OPTIONS]`,
    section(
      'Commands',
      members.map(({ name, summary }) => [name, summary] as const),
      width,
    ),
    `Help for one command: ${program} ${members[0]?.name ?? group} --help`,
  ].join('\n\n')}\n`;
}

/** `Alias: executions.`; empty if the command has only one name. */
export function aliasLine({ aliases = [] }: CommandFacts): string {
  return aliases.length === 0 ? '' : `Alias: ${aliases.join(', ')}.`;
}

/** `ncp-scheduler pause TASK [OPTIONS]`. */
export function usageLine(command: CommandFacts): string {
  const words = Object.entries(command.positionals).map(([name, positional]) => positionalUsage(name, positional));
  const needed = Object.entries(command.options)
    .filter(([, option]) => option.required)
    .map(([name, option]) => `--${name} ${option.value ?? ''}`.trim());
  const optional = Object.values(command.options).some((option) => !option.required) ? ['[OPTIONS]'] : [];
  return [program, command.name, ...words, ...needed, ...optional].join(' ');
}

function positionalUsage(name: string, positional: Option<unknown>): string {
  const word = `${name.toUpperCase()}${positional.repeatable ? '…' : ''}`;
  return positional.required ? word : `[${word}]`;
}

function positionalLabel(name: string): string {
  return name.toUpperCase();
}

/** `--env KEY=VALUE…`. */
export function optionLabel(name: string, option: Option<unknown>): string {
  const value = option.choices === null ? option.value : option.choices.join('|');
  return `--${name}${value === null ? '' : ` ${value}`}${option.repeatable ? '…' : ''}`;
}

/** Returns an option's description, and whether it is required or has a default. */
export function optionText(option: Option<unknown>): string {
  const facts = [
    ...(option.required ? ['required'] : []),
    ...(option.fallback === null ? [] : [`default ${option.fallback}`]),
  ];
  return facts.length === 0 ? option.describe : `${option.describe} (${facts.join(', ')})`;
}

function rows(options: Options, label: (name: string, option: Option<unknown>) => string): [string, string][] {
  return Object.entries(options).map(([name, option]) => [label(name, option), optionText(option)]);
}

function section(title: string, list: readonly (readonly [string, string])[], width: number): string {
  if (list.length === 0) return '';
  const column = Math.min(30, Math.max(...list.map(([label]) => label.length))) + 4;
  const lines = list.map(([label, text]) => {
    const body = wrap(text, width, column);
    const head = `  ${label}`;
    return head.length + 2 > column ? `${head}\n${' '.repeat(column)}${body}` : head.padEnd(column) + body;
  });
  return `${title}:\n${lines.join('\n')}`;
}

function wrap(text: string, width: number, indent: number): string {
  const limit = Math.max(30, Math.min(width, widest) - indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > limit) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
