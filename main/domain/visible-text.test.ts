import { describe, expect, it } from 'vitest';
import { plain, plainCode, plainJson, plainLines } from './visible-text.ts';

describe('text for people', () => {
  it.each([
    ['a terminal escape', 'a\u001b[2Jb', 'a\\u001b[2Jb'],
    ['a C1 control', 'a\u009b2Jb', 'a\\u009b2Jb'],
    ['a reordering mark', 'a\u202eb', 'a\\u202eb'],
    ['a zero-width space', 'a\u200bb', 'a\\u200bb'],
    ['a joiner between Latin letters', 'a\u200db\u200cc', 'a\\u200db\\u200cc'],
    ['a combining grapheme joiner', 'a\u034fb', 'a\\u034fb'],
    ['a Mongolian vowel separator', 'a\u180eb', 'a\\u180eb'],
    ['an empty Braille cell', 'a\u2800b', 'a\\u2800b'],
    ['the Hangul fillers', '\u115f\u1160\u3164\uffa0', '\\u115f\\u1160\\u3164\\uffa0'],
    ['variation selectors after a letter', 'a\ufe00\ufe0fb', 'a\\ufe00\\ufe0fb'],
    ['supplementary selectors, which can spell bytes', '😀\u{e0100}', '😀\\udb40\\udd00'],
    ['a second selector after one that belongs', '❤\ufe0f\ufe0f', '❤\ufe0f\\ufe0f'],
    ['tags, which can spell text', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['interlinear annotation', 'a\ufff9b\ufffb', 'a\\ufff9b\\ufffb'],
  ])('shows %s', (_, text, expected) => {
    expect(plain(text)).toBe(expected);
    expect(plainCode(text)).toContain('\\u');
  });

  it.each([
    ['a family', '👨\u200d👩\u200d👧'],
    ['a red heart', '❤\ufe0f'],
    ['a technician with a skin tone', '👩🏽\u200d💻'],
    ['a heart on fire', '❤\ufe0f\u200d🔥'],
    ['a keycap', '1\ufe0f\u20e3'],
    ['Persian', 'می\u200cخواهم'],
    ['Hindi', 'क्\u200dष'],
    ['accents and umlauts', 'Zürich, São Paulo, Ελλάδα, 東京'],
  ])('leaves %s as it is written', (_, text) => {
    expect(plain(text)).toBe(text);
  });

  it('keeps line breaks and tabs in texts of several lines', () => {
    expect(plainLines('a\n\tb\r')).toBe('a\n\tb\\r');
    expect(plain('a\nb')).toBe('a\\nb');
  });
});

describe('text that a machine will run', () => {
  it('shows joiners and look-alike spaces', () => {
    expect(plainCode('rm\u00a0-rf ~\u3000👨\u200d👩')).toBe('rm\\u00a0-rf ~\\u3000👨\\u200d👩');
  });
});

describe('JSON', () => {
  it('stays the same JSON', () => {
    const document = { name: 'a\u202e\u200d\u{e0041}\u2028', '\ufeff': ['\u2800'] };
    const json = plainJson(JSON.stringify(document));
    expect(JSON.parse(json)).toEqual(document);
    expect(json).toMatch(/^[\x20-\x7e]*$/);
  });
});
