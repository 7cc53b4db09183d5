import { expect, it } from 'vitest';
import * as values from './values.ts';

const at = '2026-12-03T14:15:00.000Z';
const row = { text: 'a', number: 5, json: '{"a":1}', none: null };

it('an instant is the same after it was stored', () => {
  expect(values.toIso(values.toMs(at))).toBe(at);
  expect(values.toIsoOrNull(values.toMsOrNull(at))).toBe(at);
  expect([values.toMsOrNull(null), values.toIsoOrNull(null), values.toIsoOrNull(undefined)]).toEqual([
    null,
    null,
    null,
  ]);
  expect(values.toIsoOrNull(0)).toBe('1970-01-01T00:00:00.000Z');
});

it('a text that is no instant is refused with an example', () => {
  expect(() => values.toMs('tomorrow')).toThrow(
    expect.objectContaining({ code: 'usage/instant', details: { instant: 'tomorrow' } }),
  );
});

it('a column is read as what it is for, and null if it is empty or missing', () => {
  expect([values.text(row, 'text'), values.text(row, 'number')]).toEqual(['a', '5']);
  expect(['text', 'number', 'none', 'gone'].map((name) => values.textOrNull(row, name))).toEqual([
    'a',
    '5',
    null,
    null,
  ]);
  expect(values.integer(row, 'number')).toBe(5);
  expect(['number', 'none', 'gone'].map((name) => values.numberOrNull(row, name))).toEqual([5, null, null]);
  expect(['json', 'number', 'none', 'gone'].map((name) => values.json(row, name))).toEqual([
    { a: 1 },
    null,
    null,
    null,
  ]);
});

it('a value becomes JSON, and an empty column if JSON cannot express it', () => {
  expect([{ a: 1 }, 0, '', false].map(values.toJson)).toEqual(['{"a":1}', '0', '""', 'false']);
  expect([null, undefined, () => 1].map(values.toJson)).toEqual([null, null, null]);
});
