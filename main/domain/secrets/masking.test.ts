import { describe, expect, test } from 'vitest';
import { masked, maskedTexts } from './masking.ts';

describe('the record of a run', () => {
  test('hides a value as it is, in a URL, in JSON and in Base64', () => {
    const secret = 'p&ss "word"';
    const texts = maskedTexts([secret]);
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ]) {
      expect(masked({ a: [`before ${form} after`] }, texts)).toEqual({ a: ['before *** after'] });
    }
  });

  test('hides each line of a value of several lines', () => {
    expect(masked('second line', maskedTexts(['first line\nsecond line']))).toBe('***');
  });

  test('does not hide values that are too short', () => {
    expect(maskedTexts(['ab', '  '])).toEqual([]);
    expect(masked('cab', maskedTexts(['ab']))).toBe('cab');
  });

  test('hides all of the longer of two secrets', () => {
    expect(masked('password1', maskedTexts(['pass', 'password1']))).toBe('***');
  });
});
