import { expect, test } from 'vitest';
import { markWords } from './mark-words.ts';

const marked = (value: string, words: string[]) =>
  markWords(value, words)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

test('marks whole words, ignoring case', () => {
  expect(marked('every Blue moon at 9am', ['blue', 'moon'])).toBe('every [Blue] [moon] at 9am');
  expect(marked('bluebird blue', ['blue'])).toBe('bluebird [blue]');
});

test('marks phrases before the words in them', () => {
  expect(marked('a blue moon', ['moon', 'blue moon'])).toBe('a [blue moon]');
});

test('does not treat words as patterns', () => {
  expect(marked('at 9? (maybe)', ['9?', '(maybe)'])).toBe('at [9?] [(maybe)]');
});

test('changes nothing without words', () => {
  expect(markWords('every day', [])).toEqual([{ text: 'every day', marked: false }]);
  expect(markWords('every day', [' '])).toEqual([{ text: 'every day', marked: false }]);
});
