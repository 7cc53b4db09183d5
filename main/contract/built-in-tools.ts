import type { Tool } from './tool.ts';

/** The tools that need no MCP server, described in the same form as any other. */
export const builtInTools: readonly Tool[] = [
  {
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
  },
  {
    tool: 'http:request',
    title: 'Send an HTTP request',
    description: 'Sends one request; any status from 200 to 299 is success unless expectStatus says otherwise.',
    inputSchema: {
      type: 'object',
      properties: {
        url: { type: 'string', pattern: '^https?://', description: 'http or https.' },
        method: { type: 'string', description: 'GET by default.' },
        headers: { type: 'object', additionalProperties: { type: 'string' } },
        body: { description: 'Text as it is; anything else is sent as JSON.' },
        expectStatus: {
          description: 'One status or a list of them.',
          anyOf: [{ type: 'integer' }, { type: 'array', items: { type: 'integer' }, minItems: 1 }],
        },
      },
      required: ['url'],
      additionalProperties: false,
    },
  },
];
