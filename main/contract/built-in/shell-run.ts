import type { BuiltInTool } from './built-in-tool.ts';

export const shellRun = {
  tool: 'shell:run',
  title: 'Run a command',
  description: 'Runs a shell line, or a program with arguments and no shell.',
  inputSchema: {
    type: 'object',
    properties: {
      command: { type: 'string', minLength: 1, description: 'A shell line. Give this or args.' },
      args: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description: 'A program and its arguments, no shell.',
      },
      shell: {
        enum: ['sh', 'bash', 'zsh', 'fish', 'pwsh', 'powershell', 'cmd'],
        description: 'sh by default, cmd on Windows.',
      },
      stdin: { type: 'string', description: 'Text given on standard input.' },
      successExitCodes: {
        description: 'Exit codes that count as success, 0 by default.',
        anyOf: [{ type: 'integer' }, { type: 'array', items: { type: 'integer' }, minItems: 1 }],
      },
    },
    oneOf: [{ required: ['command'] }, { required: ['args'] }],
    additionalProperties: false,
  },
  forms: ['{"command": "…"}', '{"args": ["…"]}'],
  example: { command: 'restic backup ~' },
  summary: ({ command, args }) => {
    if (typeof command === 'string') return command;
    return Array.isArray(args) ? args.map((part) => quotedWord(textOf(part))).join(' ') : null;
  },
  inSummary: ['command', 'args'],
} as const satisfies BuiltInTool;

export type ShellName = (typeof shellRun.inputSchema.properties.shell.enum)[number];

function quotedWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
