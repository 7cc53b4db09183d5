import { expect, test } from 'vitest';
import { shownLine } from '../../stores/log-lines.ts';
import { withoutRepeat } from './repeated-line.ts';

const at = '2026-11-25T09:00:00.000Z';
const line = (stream: 'out' | 'sys', text: string) => ({ ...shownLine(''), at, stream, text });
const said = 'The command ended with exit code 2.';

test('the error that the banner shows is not repeated as the last line of the log', () => {
  const lines = [line('out', 'one'), line('sys', said)];
  expect(withoutRepeat(lines, said).map(({ text }) => text)).toEqual(['one']);
});

test('a line of the program, another sentence, and the log of a success stay', () => {
  const printed = [line('out', said)];
  expect(withoutRepeat(printed, said)).toBe(printed);
  const other = [line('sys', 'Stopped.')];
  expect(withoutRepeat(other, said)).toBe(other);
  expect(withoutRepeat(other, undefined)).toBe(other);
});
