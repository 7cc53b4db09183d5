import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../testing/property-runs.ts';
import { masked, maskedTexts } from './masking.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');
const eachByte = (text: string, form: (byte: number) => string): string => [...bytesOf(text)].map(form).join('');
const hexOf = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const unreserved = /[A-Za-z0-9._~-]/;
const percent = (byte: number): string =>
  unreserved.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${hexOf(byte, 2).toUpperCase()}`;
const jsonUnits = (text: string): string =>
  text.replaceAll(/[^ !#-[\]-~]/g, (unit) => `\\u${hexOf(unit.charCodeAt(0), 4)}`);
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** How common programs print a value. */
const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  base64: (secret) => bytesOf(secret).toString('base64'),
  base64url: (secret) => bytesOf(secret).toString('base64url'),
  hex: (secret) => bytesOf(secret).toString('hex'),
  'HEX in upper case': (secret) => bytesOf(secret).toString('hex').toUpperCase(),
  'URL, as JavaScript': encodeURIComponent,
  'URL, strict': (secret) => eachByte(secret, percent),
  'URL, lower case': (secret) => eachByte(secret, percent).replaceAll(/%../g, (code) => code.toLowerCase()),
  'URL, every byte': (secret) => eachByte(secret, (byte) => `%${hexOf(byte, 2)}`),
  form: (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
  JSON: (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON in ASCII': (secret) => jsonUnits(secret),
  'JSON with escaped slashes': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'JSON, every character': (secret) =>
    [...Array(secret.length).keys()].map((at) => `\\u${hexOf(secret.charCodeAt(at), 4)}`).join(''),
  'bytes of a program': (secret) => eachByte(secret, (byte) => `\\x${hexOf(byte, 2)}`),
  HTML: (secret) => secret.replaceAll(/[&<>"']/g, (character) => entities[character] ?? ''),
  'a shell line': (secret) => secret.replaceAll(/[^\w\u0080-\uffff]/g, (character) => `\\${character}`),
  'a quoted shell line': (secret) => secret.replaceAll("'", "'\\''"),
  'octal bytes': (secret) => eachByte(secret, (byte) => `\\${byte.toString(8).padStart(3, '0')}`),
  'octal bytes, as printf reads them': (secret) =>
    eachByte(secret, (byte) => `\\0${byte.toString(8).padStart(3, '0')}`),
  'UTF-16 in Base64': (secret) => Buffer.from(secret, 'utf16le').toString('base64'),
  'overwritten, as bold text': (secret) => secret.replaceAll(/\P{M}/gu, (character) => `${character}\b${character}`),
  'colours between': (secret) => [...secret].join('\x1b[1;31m\x1b[0m'),
};

const secret = fc
  .oneof(
    fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 40 }),
    fc.string({ unit: 'grapheme', minLength: 4, maxLength: 20 }),
  )
  .filter((text) => text.trim().length >= 4 && !/\p{Surrogate}/u.test(text) && !/[\r\n]/.test(text));
/** Text that no form of a secret ends or begins with, and that holds escapes of its own. */
const around = fc
  .array(fc.constantFrom('a', 'é', ' ', '\n', '%41', '\\u0041', '\x1b[1m', '&amp;', '\\', '%', '\\n', '{"a":', "'"), {
    maxLength: 20,
  })
  .map((pieces) => pieces.join(''));

describe('a secret in any surroundings', () => {
  it.each(Object.entries(forms))('is masked in the form %s, and nothing else changes', (_, form) => {
    fc.assert(
      fc.property(secret, around, around, (value, before, after) => {
        const texts = maskedTexts([value]);
        fc.pre(masked(before, texts) === before && masked(after, texts) === after);
        expect(masked(`${before}\n<${form(value)}>\n${after}`, texts)).toBe(`${before}\n<***>\n${after}`);
      }),
      { numRuns: runsOf(100) },
    );
  });

  it('is masked within the Base64 of a longer text, from any offset', () => {
    fc.assert(
      fc.property(
        secret,
        fc.string({ maxLength: 10 }),
        fc.string({ maxLength: 10 }),
        fc.boolean(),
        (value, user, rest, inUrl) => {
          // Once only: what is left between two masks belongs to neither side.
          fc.pre(`${user}:${value}${rest}`.split(value).length === 2);
          const text = bytesOf(`${user}:${value}${rest}`).toString(inUrl ? 'base64url' : 'base64');
          const shown = masked(text, maskedTexts([value]));
          expect(shown).toContain('***');
          // What is left beside the mask are the characters that hold no whole byte of the secret.
          const [left = '', ...right] = shown.split('***');
          expect(left.length).toBeLessThanOrEqual(Math.ceil((bytesOf(`${user}:`).length * 8) / 6));
          expect(right.join('').replace(/=+$/, '').length).toBeLessThanOrEqual(
            Math.ceil((bytesOf(rest).length * 8) / 6) + 1,
          );
        },
      ),
      { numRuns: runsOf(300) },
    );
  });
});

it('text without a secret is unchanged, byte for byte', () => {
  const value = fc.string({ unit: fc.constantFrom(...'QXZJK#@'), minLength: 4, maxLength: 20 });
  const text = fc.string({ unit: fc.constantFrom(...'abc \n%\\&;u0x\'"\x1b[m/+=é€😀'), maxLength: 300 });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), text, (values, unrelated) => {
      expect(masked(unrelated, maskedTexts(values))).toBe(unrelated);
    }),
    { numRuns: runsOf(500) },
  );
});
