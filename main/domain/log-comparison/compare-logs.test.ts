import { expect, test } from 'vitest';
import { comparableText } from './comparable-text.ts';
import { compareLogs } from './compare-logs.ts';

const numbered = (...texts: string[]) =>
  texts.map((text, index) => ({ number: index + 1, stream: 'out' as const, text }));
const told = (now: string[], good: string[], context = 0) =>
  compareLogs(numbered(...now), numbered(...good), context).lines.map(
    ({ kind, number, text }) => `${{ new: '+', missing: '-', same: ' ' }[kind]}${number} ${text}`,
  );

test.each([
  ['2026-11-27T03:00:01.123Z start', '2026-11-28T03:00:02.456Z start'],
  ['2026/11/27 03:00:01 [info] up', '2026/11/28 03:00:07 [info] up'],
  ['Nov 27 03:00:01 host cron[812]: (ada) CMD', 'Nov 28 03:00:01 host cron[99123]: (ada) CMD'],
  ['Fri Nov 27 03:00:01 UTC 2026', 'Sat Nov 28 03:00:01 UTC 2026'],
  ['worker pid 1234 ready', 'worker pid 77 ready'],
  ['PID=1234 ready', 'PID=4 ready'],
  ['done in 1.2s', 'done in 14.03s'],
  ['done in 950 ms', 'done in 1,200 ms'],
  ['sent 1,234 bytes  received 35 bytes  2,538.00 bytes/sec', 'sent 99 bytes  received 12 bytes  1.50 bytes/sec'],
  ['request 0b0e3c3e-51a7-4d8e-9d0b-2f6f3ab1c1aa', 'request 9b0e3c3e-51a7-4d8e-9d0b-2f6f3ab1c1ab'],
  ['HEAD is now at 84c976d', 'HEAD is now at 65e7bf0'],
  ['writing /tmp/tmp.Ab12Cd/out', 'writing /tmp/tmp.Zz98Yx/out'],
  ['at 1764298800', 'at 1764385200'],
  ['\u001b[32mok\u001b[0m', 'ok'],
  ['10%\r50%\r100%', '3%\r100%'],
])('%j is the same line as %j', (one, other) => expect(comparableText(one)).toBe(comparableText(other)));

test.each([
  ['rows: 120', 'rows: 0'],
  ['exit code 1', 'exit code 2'],
  ['copied photos/2026.jpg', 'copied photos/2025.jpg'],
  ['HTTP/1.1 200 OK', 'HTTP/1.1 503 Service Unavailable'],
])('%j is another line than %j', (one, other) => expect(comparableText(one)).not.toBe(comparableText(other)));

test('tells what is new and what is missing, in the order of this run', () => {
  expect(told(['start', 'copy a', 'No space left', 'end'], ['start', 'copy a', 'copy b', 'end'])).toEqual([
    '-3 copy b',
    '+3 No space left',
  ]);
});

test('returns the lines around a difference', () => {
  expect(told(['a', 'b', 'c', 'boom', 'd', 'e', 'f'], ['a', 'b', 'c', 'd', 'e', 'f'], 1)).toEqual([
    ' 3 c',
    '+4 boom',
    ' 5 d',
  ]);
});

test('does not count the order of lines', () => {
  expect(told(['one', 'two', 'three'], ['three', 'one', 'two'])).toEqual([]);
});

test('counts repeated lines: what came more often is new', () => {
  expect(told(['retry', 'retry', 'retry'], ['retry'])).toEqual(['+2 retry', '+3 retry']);
  expect(told(['retry'], ['retry', 'retry'])).toEqual(['-2 retry']);
});

test('a line that only the good run wrote at its beginning comes first', () => {
  expect(told(['b'], ['a', 'b'])).toEqual(['-1 a']);
});

test('leaves out empty lines and messages of the worker', () => {
  const worker = [{ number: 1, stream: 'sys' as const, text: 'Killed after 5 min' }];
  expect(compareLogs([...worker, ...numbered('', 'x')], numbered('x'), 0)).toEqual({ lines: [], added: 0, missing: 0 });
});
