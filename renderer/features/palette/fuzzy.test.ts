import { expect, test } from 'vitest';
import { scoreOf, searchable, wordsOf } from './fuzzy.ts';

const score = (typed: string, ...texts: string[]) => scoreOf(wordsOf(typed), texts.map(searchable));

test.each([
  ['bckup', 'Backup'],
  ['bkp pht', 'Back up photos'],
  ['cafe', 'Grüße vom Café'],
  ['備份', '每天備份'],
  ['site ping', 'Ping the site'],
  ['PING', 'ping'],
])('%s finds %s', (typed, text) => expect(score(typed, text)).toBeGreaterThan(0));

test.each([
  ['xyz', 'Backup'],
  ['pukcab', 'Backup'],
  ['ping shop', 'Ping the site'],
  ['bup', 'Buy many things and update the pictures'],
])('%s does not find %s', (typed, text) => expect(score(typed, text)).toBe(0));

test('a whole word is better than a start, a start than a part, a part than letters in order', () => {
  const ranked = ['Run back', 'Run backup', 'Rollback', 'Bahn calls kids'];
  const scores = ranked.map((text) => score('back', text));
  expect(scores.toSorted((a, b) => b - a)).toEqual(scores);
  expect(new Set(scores).size).toBe(scores.length);
});

test('the first text counts more than the later ones', () => {
  expect(score('ping', 'Ping', 'x')).toBeGreaterThan(score('ping', 'x', 'Ping'));
});
