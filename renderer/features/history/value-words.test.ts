import { describe, expect, test } from 'vitest';
import { text } from '../../text/en.ts';
import { valueWords } from './value-words.ts';

describe('a value of a change', () => {
  test.each([
    ['schedule', { cronExpression: '0 9 * * *', timezone: 'America/New_York' }, '0 9 * * * (New York)'],
    ['state', { status: 'paused', pauseNote: 'on holiday' }, 'paused: on holiday'],
    ['state', { status: 'active' }, 'active'],
    ['paused', { since: '2026-11-25T09:41:20.000Z', note: 'moving house' }, 'paused: moving house'],
    ['parameters', { command: 'echo hello' }, 'echo hello'],
    ['tags', ['home', 'nightly'], 'home, nightly'],
    ['policies.timeoutMs', 90_000, '90s'],
    ['fireOnce', true, 'true'],
    ['description', null, text.history.none],
  ])('of %s is shown in words', (field, value, words) => {
    expect(valueWords(field, value)).toBe(words);
  });

  test('that is a structure is shown as JSON', () => {
    expect(valueWords('parameters', { url: 'https://example.org' })).toContain('"url": "https://example.org"');
  });
});
