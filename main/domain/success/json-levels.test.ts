import { describe, expect, it } from 'vitest';
import { mostLevels, placeTooDeep } from './json-levels.ts';

const nested = (levels: number, inner = ''): string => `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`;

describe('the place where JSON is nested too deep', () => {
  it.each([
    ['as many lists as may be', nested(mostLevels)],
    ['lists beside each other', `[${'[[{"a":1}]],'.repeat(5000)}1]`],
    ['brackets in quotes', `["${'['.repeat(5000)}"]`],
    ['brackets after an escaped quote', `["${'\\"['.repeat(5000)}"]`],
    ['brackets after quotes without an end', `"\\${'['.repeat(5000)}`],
    ['a text that ends within an escape', `"${'['.repeat(5000)}\\`],
    ['four million escapes', JSON.stringify({ text: '\n'.repeat(4_000_000) })],
    ['four million brackets in quotes', JSON.stringify({ text: '['.repeat(4_000_000) })],
    ['nothing', ''],
  ])('is nowhere: %s', (_, text) => {
    expect(placeTooDeep(text)).toBeNull();
  });

  it.each([
    ['lists', nested(mostLevels + 1), mostLevels],
    ['objects', `${'{"a":'.repeat(mostLevels)}{}`, 5 * mostLevels],
    ['after lists that are closed', `[],${nested(mostLevels + 1)}`, mostLevels + 3],
    ['after an escaped backslash', `["\\\\",${nested(mostLevels + 1)}`, mostLevels + 5],
  ])('is the first bracket too many: %s', (_, text, place) => {
    expect(placeTooDeep(text)).toBe(place);
  });
});
