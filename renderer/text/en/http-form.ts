/** The form of an HTTP request, and the fields of a command that are rarely needed. */
export const httpForm = {
  method: 'Method',
  url: 'URL',
  urlPlaceholder: 'https://example.org/health',
  headers: 'Headers',
  headerName: (row: number) => `Name of header ${row}`,
  headerValue: (row: number) => `Value of header ${row}`,
  removeHeader: (name: string) => (name === '' ? 'Remove this header' : `Remove the header ${name}`),
  addHeader: 'Add a header',
  bodyKind: 'Body',
  bodyKinds: { none: 'None', json: 'JSON', form: 'Form', text: 'Text' },
  bodyLabel: 'Content of the body',
  bodyHint: {
    json: 'Sent as application/json.',
    form: 'One field per line, as name=value.',
    text: 'Sent unchanged.',
  },
  codes: 'Success when the status is',
  codesPlaceholder: '200 to 299',
  codesHint: 'Codes such as 200, 204. Leave empty for 200 to 299.',
  errors: {
    noUrl: 'Enter the address of the request, for example https://example.org/health.',
    url: 'The address must begin with http:// or https://.',
    json: 'The body is not valid JSON.',
    codes: 'Enter status codes from 100 to 599, separated by commas: 200, 204.',
  },
} as const;

export const shellForm = {
  more: 'Shell, input and exit codes',
  defaultSummary: 'default shell, exit code 0',
  shell: 'Shell',
  defaultShell: 'Default',
  stdin: 'Standard input',
  stdinHint: 'Text that the command reads.',
  codes: 'Exit codes that count as success',
  codesPlaceholder: '0',
  codesHint: 'Codes such as 0, 1. Leave empty for 0.',
  codesError: 'Enter exit codes from 0 to 255, separated by commas: 0, 1.',
  pipeHint:
    'Of commands joined by | only the exit code of the last one counts. To make every failure count, choose the shell bash and begin with: set -o pipefail;',
  pipeDone: 'Got it',
} as const;
