import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineFormatter } from './line-formatter.ts';

const PREFIX = '2026-12-03T14:15:00.000Z out ';
const NOW = Date.parse('2026-12-03T14:15:00.000Z');

/** Returns the lines of the format in the slowest and simplest way. */
function expected(bytes: Buffer): string[] {
  const lines = bytes.toString('latin1').split('\n');
  const last = lines.pop() ?? '';
  const ended = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  return last === '' ? ended : [...ended, last];
}

/** Bytes with many line ends, carriage returns, and pieces of UTF-8, cut anywhere. */
const input = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom('\n', '\r\n', '\r', '\n\n', 'a', 'é€😀').map((text) => Buffer.from(text)),
  ),
  { maxLength: 60 },
);

describe('lines of any bytes, however they are split into chunks', () => {
  it('are exactly the lines of the whole input', () => {
    fc.assert(
      fc.property(input, (chunks) => {
        const formatter = new LineFormatter('out', 64 * 1024);
        const text = chunks.map((chunk) => formatter.push(chunk, NOW)).join('') + formatter.end(NOW);
        const lines = expected(Buffer.concat(chunks));
        expect(text).toBe(lines.map((line) => `${PREFIX}${line}\n`).join(''));
      }),
      { numRuns: 500 },
    );
  });

  it('can be joined again from the pieces of long lines, none of which is too long', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 8, max: 60 }), (chunks, maxLine) => {
        const formatter = new LineFormatter('out', maxLine);
        const text = chunks.map((chunk) => formatter.push(chunk, NOW)).join('') + formatter.end(NOW);
        const pieces = text
          .split('\n')
          .slice(0, -1)
          .map((line) => line.slice(PREFIX.length));
        // Carriage returns before a line end are dropped, wherever the line was cut.
        const plain = (lines: string[]) => lines.join('').replaceAll('\r', '');
        expect(plain(pieces)).toBe(plain(expected(Buffer.concat(chunks))));
        expect(Math.max(0, ...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(maxLine);
      }),
      { numRuns: 500 },
    );
  });

  it('never split a character of valid UTF-8', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
        fc.integer({ min: 8, max: 40 }),
        (line, maxLine) => {
          fc.pre(!/[\n\r]|\p{Surrogate}/u.test(line));
          const formatter = new LineFormatter('out', maxLine);
          const text = formatter.push(Buffer.from(`${line}\n`), NOW);
          const pieces = text
            .split('\n')
            .slice(0, -1)
            .map((piece) => Buffer.from(piece.slice(PREFIX.length), 'latin1').toString('utf8'));
          expect(pieces.join('')).toBe(line);
        },
      ),
      { numRuns: 500 },
    );
  });
});
