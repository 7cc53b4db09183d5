import { expect, it } from 'vitest';
import { LineReader } from './line-reader.ts';

function linesOf(chunks: readonly string[], longest = 100): (string | null)[] {
  const lines: (string | null)[] = [];
  const reader = new LineReader(longest, (line) => lines.push(line));
  for (const chunk of chunks) reader.add(Buffer.from(chunk));
  reader.end();
  return lines;
}

it('cuts lines wherever the chunks end, and delivers a last line without an end', () => {
  expect(linesOf(['a\nb', 'c\n', '\nd'])).toEqual(['a', 'bc', '', 'd']);
});

it('keeps a character whose bytes come in two chunks', () => {
  const bytes = Buffer.from('ä\n');
  const lines: (string | null)[] = [];
  const reader = new LineReader(100, (line) => lines.push(line));
  reader.add(bytes.subarray(0, 1));
  reader.add(bytes.subarray(1));
  expect(lines).toEqual(['ä']);
});

it('reports a line that is too long once, and reads on after its end', () => {
  expect(linesOf(['x'.repeat(6), 'x'.repeat(6), 'x\nnext\n'], 10)).toEqual([null, 'next']);
  expect(linesOf(['x'.repeat(10), '\n'], 10)).toEqual(['x'.repeat(10)]);
});
