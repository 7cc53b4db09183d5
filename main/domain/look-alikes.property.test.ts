import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../testing/property-runs.ts';
import { lookAlikeCodes } from './look-alike-data.ts';
import { plainCode } from './visible-text.ts';

/** Every character of the table, and every other one that NFKC makes ASCII. */
const lookAlikes: string[] = lookAlikeCodes.split(' ').flatMap((range) => {
  const [first = 0, last = first] = range.split('-').map((code) => Number.parseInt(code, 16));
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
});
for (let code = 0x80; code <= 0x10ffff; code += 1) {
  if (code >= 0xd800 && code <= 0xdfff) continue;
  const character = String.fromCodePoint(code);
  if (/^[ -~]+$/.test(character.normalize('NFKC'))) lookAlikes.push(character);
}

it('no look-alike passes unmarked, alone or between ASCII characters', () => {
  expect(lookAlikes.length).toBeGreaterThan(1500);
  const passed = lookAlikes.filter((character) =>
    [character, `a${character}`, `${character}b`, `a${character}b`, `/${character}.`, `1${character}`].some((text) =>
      plainCode(text).includes(character),
    ),
  );
  expect(passed).toEqual([]);
});

it(
  'a command made of ASCII and look-alikes is shown in ASCII only, and differs from the command it looks like',
  async () => {
    const part = fc.oneof(fc.string({ maxLength: 6, unit: 'grapheme-ascii' }), fc.constantFrom(...lookAlikes));
    const commands = fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
    const shown = fc.property(commands, (command) => {
      expect(plainCode(command)).toMatch(/^[\n\t -~]*$/);
      if (!/^[ -~]*$/.test(command)) expect(plainCode(command)).toContain('\\u');
    });
    await checkProperty('look-alikes', 2000, shown);
  },
  PROPERTY_TIMEOUT_MS,
);
