import { expect, it } from 'vitest';
import { valueWords } from './value-words.ts';

it.each([
  ['text', 'text'],
  [5, '5'],
  [false, 'false'],
  [null, 'none'],
  [undefined, 'none'],
  [[], 'none'],
  [{}, 'none'],
  [['a', 2], 'a, 2'],
  [{ command: 'echo hi', env: { A: '1' }, tags: [] }, 'command: echo hi, env: (A: 1), tags: (none)'],
  [[{ check: 'empty' }, null], '(check: empty), none'],
])('%j reads %j', (value, words) => {
  expect(valueWords(value)).toBe(words);
});
