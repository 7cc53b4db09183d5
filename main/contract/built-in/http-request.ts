import type { BuiltInTool } from './built-in-tool.ts';

export const httpRequest = {
  tool: 'http:request',
  title: 'Send an HTTP request',
  description:
    'Sends one HTTP request. A status from 200 to 299 is success, unless expectStatus is set. Follows redirects; to another origin without the body, and only with the headers Accept, Accept-Language and User-Agent. If a redirect needs the body there, or would turn POST into GET, the run fails: set url to the final address.',
  inputSchema: {
    type: 'object',
    properties: {
      url: { type: 'string', pattern: '^https?://', description: 'An http or https URL.' },
      method: { type: 'string', description: 'HTTP method. Default: GET.' },
      headers: { type: 'object', additionalProperties: { type: 'string' } },
      body: { description: 'Request body. Text is sent unchanged, anything else as JSON.' },
      expectStatus: {
        description: 'Status codes that count as success: one or a list.',
        anyOf: [{ type: 'integer' }, { type: 'array', items: { type: 'integer' }, minItems: 1 }],
      },
      redirect: {
        enum: ['follow', 'follow-as-get', 'none'],
        description:
          'follow: follows redirects that keep the request. follow-as-get: also those that turn it into GET without its body. none: the redirect is the response. Default: follow.',
      },
      proxy: {
        type: 'string',
        pattern: '^(https?://.+|none)$',
        description:
          'Address of a proxy (http://host:port), or none. Default: HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment.',
      },
      caFile: {
        type: 'string',
        minLength: 1,
        description:
          'File with certificates (PEM) to trust in addition. Default: NODE_EXTRA_CA_CERTS and SSL_CERT_FILE of the environment.',
      },
      insecure: {
        type: 'boolean',
        description: 'Accept any certificate. The log of each run says so. Default: false.',
      },
      saveTo: {
        type: 'string',
        minLength: 1,
        description:
          'File for the response body, replaced when the body is complete and the status counts as success. As large as the disk allows. Never through a link.',
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

/** What to do with a redirect. */
export type RedirectMode = (typeof httpRequest.inputSchema.properties.redirect.enum)[number];
