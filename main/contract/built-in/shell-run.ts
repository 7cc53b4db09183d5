import type { BuiltInTool } from './built-in-tool.ts';

export const shellRun = {
  tool: 'shell:run',
  title: 'Run a command',
  description: 'Runs a shell line, or a program with arguments but without a shell.',
  inputSchema: {
    type: 'object',
    properties: {
      command: { type: 'string', minLength: 1, description: 'A shell line. Set either this or args.' },
      args: {
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
        description: 'A program and its arguments, run without a shell.',
      },
      shell: {
        enum: ['sh', 'bash', 'zsh', 'fish', 'pwsh', 'powershell', 'cmd'],
        description: 'Shell that runs the line. Default: sh, or cmd on Windows.',
      },
      stdin: { type: 'string', description: 'Text for standard input.' },
      successExitCodes: {
        description: 'Exit codes that count as success. Default: 0.',
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
