import { expect, test } from 'vitest';
import { exitCodesError, hidesFailures, withOptional } from './shell-parameters.ts';

test.each([
  ['curl -fsS https://example.org | head -3', true],
  ['a || b', false],
  ['a || b | c', true],
  ["grep 'a|b' file", false],
  ['echo "a \\" | b"', false],
  ['set -o pipefail; a | b', false],
  ['restic backup ~', false],
])('%s hides failures: %s', (command, hides) => expect(hidesFailures(command)).toBe(hides));

test('exit codes are numbers', () => {
  expect([undefined, 0, [0, 1]].map((successExitCodes) => exitCodesError({ successExitCodes }))).toEqual([
    ...[undefined, undefined, undefined],
  ]);
  expect(exitCodesError({ successExitCodes: '0 or 1' })).toMatch(/separated by commas/);
});

test('an empty value is none', () => {
  expect(withOptional({ command: 'cat', stdin: 'x' }, 'stdin', '')).toEqual({ command: 'cat' });
  expect(withOptional({ command: 'cat' }, 'shell', 'bash')).toEqual({ command: 'cat', shell: 'bash' });
});
