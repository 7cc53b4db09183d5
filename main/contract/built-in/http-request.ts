import type { BuiltInTool } from './built-in-tool.ts';

export const httpRequest = {
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
  forms: ['{"url": "…"}'],
  example: { url: 'https://example.org' },
  summary: ({ url, method }) =>
    typeof url === 'string' ? `${typeof method === 'string' ? method : 'GET'} ${url}` : null,
  inSummary: [],
} as const satisfies BuiltInTool;
