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

describe('characters that look like ASCII, in text that a machine will run', () => {
  it.each([
    ['a Cyrillic letter in a Latin word', 'curl https://\u0430pple.com', 'curl https://\\u0430pple.com'],
    ['every Cyrillic letter of a mixed word', 'пр\u0430vda', '\\u043f\\u0440\\u0430vda'],
    ['a Greek letter beside a Cyrillic one', '\u03b1\u0440', '\\u03b1\\u0440'],
    ['a word of one script that spells a Latin one', 'https://\u0430\u0440\u0440', 'https://\\u0430\\u0440\\u0440'],
    ['a full-width semicolon', 'a\uff1bb', 'a\\uff1bb'],
    ['a division slash', '\u2215etc', '\\u2215etc'],
    ['a dash', 'rm \u2013rf', 'rm \\u2013rf'],
    ['curly quotes', '\u201ca\u201d', '\\u201ca\\u201d'],
    ['a stroke over punctuation', '/\u0338', '/\\u0338'],
    ['a stroke over a letter', 's\u0338', 's\\u0338'],
    ['a mathematical letter', '\u{1d69b}m', '\\ud835\\ude9bm'],
    ['a dotless i', 'g\u0131t', 'g\\u0131t'],
    ['a Katakana letter that looks like a slash, between Latin letters', 'a\u30ceb', 'a\\u30ceb'],
  ])('shows %s', (_, text, expected) => {
    expect(plainCode(text)).toBe(expected);
  });

  it.each([
    ['accents, composed or not', 'Zürich café cafe\u0301 e\u0302\u0301 São naïve łódź'],
    ['Russian', 'echo Проверка связи'],
    ['Greek', 'Ελλάδα'],
    ['Japanese, Chinese and Korean', 'ノート 東京 バックアップ2 한국어'],
    ['Arabic and Hebrew', 'مرحبا שלום'],
    ['Hindi', 'नमस्ते'],
    ['Japanese and Latin in one word', 'レポートA.txt'],
    ['an emoji', 'echo 🎉'],
  ])('leaves %s readable', (_, text) => {
    expect(plainCode(text)).toBe(text);
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
