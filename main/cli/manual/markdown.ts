import { globalOptions } from '../arguments.ts';
import type { Command } from '../command.ts';
import { optionLabel, optionText, usageLine } from '../help.ts';
import type { Option } from '../option.ts';

/** docs/cli.md, derived from the table of commands. */
export function manualMarkdown(commands: readonly Command[]): string {
  const list = commands.map(({ name, summary }) => `| [\`${name}\`](#${anchor(name)}) | ${cell(summary)} |`);
  return `${[
    '# The command line',
    '<!-- Derived from the table of commands (main/cli). `npx vitest run -u main/cli/manual` writes it again. -->',
    '`ncp-scheduler ARGS` where it is installed, `npm run -s cli -- ARGS` in a checkout.',
    'With `--json` a command answers exactly one JSON document on standard output: `{"ok": true, …}`, or `{"ok": false, "error": {"code": "group/word", "message": "…", "details": {…}}}`. Diagnostics go to standard error.',
    '`TASK` is an id or a name that only one task has. A `DURATION` is `90s`, `5m`, `2h`, `1d`, `2 hours` or milliseconds. An `INSTANT` is ISO 8601 (`2026-12-03T14:15:00.000Z`), a local time (`2026-12-03 14:15`) or words (`tomorrow 9am`, `in 2 hours`, `yesterday`).',
    '| exit code | means |\n|---|---|\n| 0 | done |\n| 1 | a task that was run failed, timed out or was cancelled |\n| 2 | bad usage or input |\n| 3 | not found |\n| 4 | the store is unreadable, read-only or locked |\n| 5 | the OS scheduler refused |',
    `| command | does |\n|---|---|\n${list.join('\n')}`,
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
    ...(description === undefined ? [] : [description]),
    `\`\`\`\n${usageLine(command)}\n\`\`\``,
    optionTable({ ...upperCased(positionals) }, options),
    `With \`--json\`: ${answers}`,
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
  return rows.length === 0 ? '' : `| option | does |\n|---|---|\n${rows.join('\n')}`;
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
