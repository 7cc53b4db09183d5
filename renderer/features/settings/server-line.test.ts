import { expect, test } from 'vitest';
import { parseServerLine, serverLine } from './server-line.ts';

test.each([
  ['npx -y @scope/server /home/ada', { command: 'npx', args: ['-y', '@scope/server', '/home/ada'] }],
  ['"/opt/My Tool/bin" --name \'a b\' ""', { command: '/opt/My Tool/bin', args: ['--name', 'a b', ''] }],
  ['https://mcp.example.org/api', { url: 'https://mcp.example.org/api' }],
  ['node C:\\tools\\server.js', { command: 'node', args: ['C:\\tools\\server.js'] }],
])('%s', (line, server) => expect(parseServerLine(line)).toEqual(server));

test('a text that cannot be a server is refused', () => {
  expect(['', '   ', '"open quote'].map(parseServerLine)).toEqual([null, null, null]);
});

test('a server written as a line is read back', () => {
  for (const server of [
    { command: 'npx', args: ['a b', 'c"d', ''] },
    { command: 'run', args: [] },
    { url: 'http://localhost:3000/mcp' },
  ]) {
    expect(parseServerLine(serverLine(server))).toEqual(server);
  }
});
