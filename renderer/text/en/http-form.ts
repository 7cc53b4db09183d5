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
  summary: (shell: string, hasInput: boolean, codes: string): string =>
    `${shell === '' ? 'default shell' : shell}${hasInput ? ', input' : ''}, ${/[ ,]/.test(codes) ? 'exit codes' : 'exit code'} ${codes === '' ? '0' : codes}`,
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

/** Filling the form of a request from a cURL command. */
export const curlPaste = {
  button: 'Paste as cURL',
  label: 'cURL command',
  hint: 'As “Copy as cURL” of a browser writes it. It replaces method, URL, headers and body.',
  placeholder: 'curl https://example.org/report -H "Accept: application/json"',
  fill: 'Fill in the form',
  filled: 'Filled in from the cURL command',
  note: 'Please note:',
  undo: 'Undo',
  limits: ({ timeout, retries }: { timeout?: string; retries?: string }, isSet: boolean): string[] => [
    ...(timeout === undefined
      ? []
      : [isSet ? `A run is stopped after ${timeout} now.` : `The time limit (${timeout}) is not kept.`]),
    ...(retries === undefined
      ? []
      : [
          isSet
            ? `A failed run is retried ${retries === '1' ? 'once' : `${retries} times`} now.`
            : 'Retries are not kept.',
        ]),
  ],
} as const;
