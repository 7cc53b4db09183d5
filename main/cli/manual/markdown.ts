import { globalOptions } from '../arguments.ts';
import type { Command } from '../command.ts';
import { aliasLine, optionLabel, optionText, usageLine } from '../help.ts';
import type { Option } from '../option.ts';

/** Returns docs/cli.md, generated from the table of commands. */
export function manualMarkdown(commands: readonly Command[]): string {
  const list = commands.map((command) => {
    const { name, summary } = command;
    return `| [\`${name}\`](#${anchor(name)}) | ${cell(`${summary} ${aliasLine(command)}`.trim())} |`;
  });
  return `${[
    '# The command line',
    '<!-- Generated from the table of commands (main/cli). `npx vitest run -u main/cli/manual` updates it. -->',
    'Run `ncp-scheduler ARGS` if it is installed, or `npm run -s cli -- ARGS` in a checkout.',
    'With `--json`, a command prints exactly one JSON document on standard output: `{"ok": true, …}`, or `{"ok": false, "error": {"code": "group/word", "message": "…", "details": {…}}}`. Diagnostics go to standard error.',
    '`TASK` is the id of a task, or its name if no other task has it. `DURATION` is a length of time: `90s`, `5m`, `2h`, `1d`, `2 hours` or a number of milliseconds. `INSTANT` is ISO 8601 (`2026-12-03T14:15:00.000Z`), a local time (`2026-12-03 14:15`) or words (`tomorrow 9am`, `in 2 hours`, `yesterday`).',
    '| exit code | meaning |\n|---|---|\n| 0 | success |\n| 1 | a run failed, timed out or was cancelled |\n| 2 | invalid usage or input |\n| 3 | not found |\n| 4 | the data directory is unreadable, read-only or locked |\n| 5 | the OS scheduler reported an error |\n| 129, 130, 143 | stopped by SIGHUP, SIGINT (Ctrl-C) or SIGTERM before it was done; a second signal ends a command at once |',
    `| command | description |\n|---|---|\n${list.join('\n')}`,
    '## Global options',
    optionTable(globalOptions),
    ...commands.map(commandSection),
  ].join('\n\n')}\n`;
}

function commandSection(command: Command): string {
  const { name, summary, description, positionals, options, answers, examples } = command;
  const parts = [
    `## ${name}`,
    summary,
    aliasLine(command),
    ...(description === undefined ? [] : [description]),
    `\`\`\`\n${usageLine(command)}\n\`\`\``,
    optionTable({ ...upperCased(positionals) }, options),
    `Output with \`--json\`: ${answers}`,
    `\`\`\`sh\n${examples.map(({ line, does }) => `# ${does}\nncp-scheduler ${line}`).join('\n')}\n\`\`\``,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function optionTable(...groups: readonly Readonly<Record<string, Option<unknown>>>[]): string {
  const rows = groups.flatMap((options) =>
    Object.entries(options).map(([name, option]) => {
      const label = name === name.toUpperCase() ? name : optionLabel(name, option);
      return `| \`${label.replaceAll('|', '\\|')}\` | ${cell(optionText(option))} |`;
    }),
  );
  return rows.length === 0 ? '' : `| option | description |\n|---|---|\n${rows.join('\n')}`;
}

function upperCased(positionals: Command['positionals']): Record<string, Option<unknown>> {
  return Object.fromEntries(Object.entries(positionals).map(([name, option]) => [name.toUpperCase(), option]));
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('*', '\\*');
}

function anchor(name: string): string {
  return name.replaceAll(' ', '-');
}
