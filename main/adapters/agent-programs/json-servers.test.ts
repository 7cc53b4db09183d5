import { expect, test } from 'vitest';
import { parse } from 'jsonc-parser';
import { jsonServers } from './json-servers.ts';
import { withServer, withoutServer } from './server-format.ts';

const entry = { command: '/opt/ncp', args: ['mcp'] };
const place = { format: jsonServers, key: 'mcpServers', entry, more: {} };

test.each([
  ['another server on one line', '{\n  "mcpServers": {\n    "files": { "command": "npx" }\n  }\n}\n'],
  [
    'comments',
    '{\n  // mine, all mine\n  "mcpServers": {\n    // first\n    "files": { "command": "npx" } // last\n  }\n}\n',
  ],
  ['tabs and Windows line ends', '{\r\n\t"mcpServers": {\r\n\t\t"files": {}\r\n\t},\r\n\t"theme": "dark"\r\n}\r\n'],
  ['settings without servers', '{\n  "theme": "dark"\n}\n'],
])('removing the server gives back the text before it was added: %s', (_name, text) => {
  expect(withoutServer(withServer(text, place) ?? '', place)).toBe(text);
});

test('a file that holds nothing else is to be deleted', () => {
  expect(withoutServer(withServer('', place) ?? '', place)).toBe('');
});

test.each([
  '{"mcpServers": {"files": {}, "schedule": {}}, "theme": 1}',
  '{"mcpServers": {"files": {}, "schedule": {}, },}',
  '{"mcpServers": {"files": {}, "schedule": {}, "more": {}}}',
  '{"mcpServers": {"files": {}, /* ours */ "schedule": {}, "more": {}}}',
  '{"theme": 1, "mcpServers": {"schedule": {}}}',
  '{"theme": 1, /* servers */ "mcpServers": {"schedule": {}, }, }',
])('whatever its place, everything else stays valid: %s', (text) => {
  const without = withoutServer(text, place) ?? '';
  const expected = parse(text) as { mcpServers?: Record<string, unknown> };
  delete expected.mcpServers?.['schedule'];
  if (Object.keys(expected.mcpServers ?? {}).length === 0) delete expected.mcpServers;
  const errors: never[] = [];
  expect(parse(without, errors, { allowTrailingComma: true })).toEqual(expected);
  expect(errors).toEqual([]);
});
