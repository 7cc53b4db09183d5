import { describe, expect, test } from 'vitest';
import { masked, Masker, maskedTexts } from './masking.ts';

describe('the record of a run', () => {
  test('hides each line of a value of several lines', () => {
    expect(masked('second line', maskedTexts(['first line\nsecond line']))).toBe('***');
  });

  test('does not hide values that are too short', () => {
    expect(maskedTexts(['abc', '  '])).toEqual([]);
    expect(masked('cabc', maskedTexts(['abc']))).toBe('cabc');
  });

  test('hides all of the longer of two secrets, and all of two that overlap', () => {
    expect(masked('password1', maskedTexts(['pass', 'password1']))).toBe('***');
    expect(masked('-abcdefgh-', maskedTexts(['abcd', 'cdefgh']))).toBe('-***-');
    expect(masked('-abcdabcd-', maskedTexts(['abcd']))).toBe('-******-');
  });

  test('hides keys and values at any depth, and leaves the rest as it is', () => {
    const value = { 'a hunter2': ['hunter2', 1, null, { deep: 'ä hunter2 ö' }], other: '\ud800' };
    expect(masked(value, maskedTexts(['hunter2']))).toEqual({
      'a ***': ['***', 1, null, { deep: 'ä *** ö' }],
      other: '\ud800',
    });
  });

  test('hides the credentials that curl prints', () => {
    const header = Buffer.from('joe:hunter2-TopSecret').toString('base64');
    expect(masked(`> Authorization: Basic ${header}`, maskedTexts(['hunter2-TopSecret']))).toBe(
      `> Authorization: Basic ${header.slice(0, 6)}***`,
    );
  });

  test.each([
    ['utf16le', 'hunter2-value'],
    ['utf16le', 'hünter2-größe €'],
    ['utf16be', 'hunter2-value'],
    ['utf16be', 'hünter2-größe €'],
  ])('hides what a program prints in %s: %s', (order, secret) => {
    const text = Buffer.from(`a ${secret} b`, 'utf16le');
    const printed = (order === 'utf16le' ? text : text.swap16()).toString('latin1');
    const shown = new Masker(maskedTexts([secret])).mask(printed);
    expect(shown.replaceAll('\0', '')).toBe('a *** b');
  });

  test('hides what a program has underlined', () => {
    expect(masked([...'hunter2'].map((letter) => `_\b${letter}`).join(''), maskedTexts(['hunter2']))).toBe('***');
  });

  test.each([
    ['reversed', (text: string) => [...text].reverse().join('')],
    ['in upper case', (text: string) => text.toUpperCase()],
    ['spaced out', (text: string) => [...text].join(' ')],
    ['over two lines', (text: string) => `${text.slice(0, 5)}\n${text.slice(5)}`],
  ])('does not recognize a value %s, as docs/storage.md says', (_, change) => {
    const text = change('hunter2-value');
    expect(masked(text, maskedTexts(['hunter2-value']))).toBe(text);
  });
});

describe('masking of long output', () => {
  const secrets = Array.from({ length: 20 }, (_, index) => `s3cr3t-${index}-${'xyzABC'.repeat(2)}${index * 7919}`);
  const line = '\x1b[32mok\x1b[0m building "a\\/b" 100% https://x/?q=%41&b=1 and more text here 0123\n';
  const used = (work: () => void): number => {
    const before = process.cpuUsage();
    work();
    return process.cpuUsage(before).user / 1000;
  };

  test('takes time in proportion to the output, however many secrets there are', () => {
    const text = line.repeat(125_000);
    const masker = new Masker(maskedTexts(secrets));
    // 10 MB take 0.15 s here, even full of escapes. Searching for each text by itself took a second.
    expect(used(() => expect(masker.mask(text)).toBe(text))).toBeLessThan(3000);
  });

  test('is as fast in output that is full of secrets or of escapes', () => {
    const masker = new Masker(maskedTexts(secrets));
    for (const piece of [`${secrets[3] ?? ''} `, '%41', '\\u0041', '\x1b[1m', '&amp;', '\\', "'\\''"]) {
      const text = piece.repeat(2_000_000 / piece.length);
      expect(
        used(() => masker.mask(text)),
        piece,
      ).toBeLessThan(5000);
    }
  });
});
