import { describe, expect, it } from 'vitest';
import { changeBetween } from './change.ts';
import { changePlaces, withChange } from './change-places.ts';
import { comparedPart, withoutWhiteSpace } from './compared-part.ts';

describe('the part of an answer that is compared', () => {
  const json = '{"items":[{"id":1,"name":"a"},{"id":2}],"at":"now"}';
  it.each([
    ['all of it, without white space around it', { text: '\n a \r\nb\t \n' }, {}, 'a\nb'],
    ['the values of a JSONPath', { text: json }, { path: '$.items[*].id' }, '1\n2'],
    ['texts of a JSONPath without quotes', { text: json }, { path: '$.items[*].name' }, 'a'],
    ['nothing for a value that is not there', { text: json }, { path: '$.gone' }, ''],
    ['the JSON that a tool gives apart from its text', { text: 'x', structured: { a: 1 } }, { path: '$.a' }, '1'],
    ['the first group of an expression', { text: 'v=1 v=2' }, { pattern: 'v=(\\d)' }, '1\n2'],
    ['all that an expression without a group finds', { text: 'a1\nb2' }, { pattern: '^b\\d$' }, 'b2'],
    ['what is not ignored', { text: 'at 10:15: up\nat 10:20: up' }, { ignore: ['\\d+:\\d+', '^at : '] }, 'up\nup'],
  ])('%s', (_, answer, rule, text) => {
    expect(comparedPart(answer, rule)).toEqual({ text });
  });

  it('is missing if a path is compared and the answer is not JSON', () => {
    expect(comparedPart({ text: 'down' }, { path: '$.a' })).toHaveProperty('problem');
  });

  it('is the same with other white space, and only then', () => {
    expect(withoutWhiteSpace('  a  b\n\n c ')).toBe(withoutWhiteSpace('a b\nc'));
    expect(withoutWhiteSpace('a b')).not.toBe(withoutWhiteSpace('ab'));
    expect(withoutWhiteSpace('a\nb')).not.toBe(withoutWhiteSpace('b\na'));
  });
});

describe('a change', () => {
  it('is a unified difference with the number of lines', () => {
    expect(changeBetween('one\ntwo', 'one\nthree\nfour')).toMatchObject({
      diff: '--- previous\n+++ current\n@@ -1,2 +1,3 @@\n one\n-two\n+three\n+four\n',
      ...{ added: 2, removed: 1 },
    });
    expect(changeBetween('', 'new')).toMatchObject({ added: 1, removed: 0 });
    expect(changeBetween('same', 'same')).toMatchObject({ diff: '', added: 0, removed: 0 });
  });

  it('is bounded, in length and in the time to compute it', () => {
    const lines = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => `line ${from + n}`).join('\n');
    expect(changeBetween('', lines(0, 3000).replaceAll('line', 'x'.repeat(100))).diff).toMatch(/… cut after 64 KiB\n$/);
    const { diff, added, removed } = changeBetween(lines(0, 5000), lines(10_000, 5001));
    expect({ added, removed }).toEqual({ added: 5001, removed: 5000 });
    expect(diff).toContain('5000 before, 5001 now');
  });
});

it('parameters take its values only where the task itself says so', () => {
  const parameters = {
    body: { text: [{ $from: '/change/diff' }, { $from: '/result/a' }] },
    other: { $from: '/change/gone' },
  };
  const places = changePlaces(parameters);
  expect(places).toEqual([{ keys: ['body', 'text', '0'], field: 'diff' }]);
  const arrived = { ...parameters, other: { $from: '/change/current' } };
  expect(withChange(arrived, places, changeBetween('a', 'b'))).toEqual({
    body: { text: [expect.stringContaining('-a\n+b'), { $from: '/result/a' }] },
    other: { $from: '/change/current' },
  });
});
