import { describe, expect, test } from 'vitest';
import { text } from '../../text/en.ts';
import { sideWords, valueWords } from './value-words.ts';

const noNames = () => undefined;

describe('a value of a change', () => {
  test.each([
    ['schedule', { cronExpression: '0 9 * * *', timezone: 'America/New_York' }, '0 9 * * * (New York)'],
    ['state', { status: 'paused', pauseNote: 'on holiday' }, 'paused: on holiday'],
    ['state', { status: 'active' }, 'active'],
    ['paused', { since: '2026-11-25T09:41:20.000Z', note: 'moving house' }, 'paused: moving house'],
    ['parameters', { command: 'echo hello' }, 'echo hello'],
    ['tags', ['home', 'nightly'], 'home, nightly'],
    ['policies.timeoutMs', 90_000, '90s'],
    ['policies.retries', { count: 3, delayMs: 60_000, backoff: 2 }, 'count 3, delay 1m, backoff 2'],
    ['policies.conditions', { online: true, onACPower: false }, 'only when online: yes, only on mains power: no'],
    ['policies.conditions', { onACPower: true }, 'only on mains power: yes'],
    ['policies.outputLimitBytes', 2_097_152, '2.0 MB'],
    ['policies.overlap', 'buffer-one', 'Run once more afterwards'],
    ['policies.catchUp', 'toString', 'toString'],
    ['defaultTimeout', 300_000, '5m'],
    ['osScheduler', 'in-process', 'This app only'],
    [
      'mcpServers.notes',
      { command: 'npx', args: ['-y', 'notes'], timeoutMs: 5000 },
      'command: npx, args: -y, notes, timeoutMs: 5000',
    ],
    ['fireOnce', true, 'yes'],
    ['description', null, text.history.none],
  ])('of %s is shown in words', (field, value, words) => {
    expect(valueWords(field, value)).toBe(words);
  });

  test('of parameters keeps the names and values of the tool', () => {
    expect(valueWords('parameters', { url: 'https://example.org', method: 'PUT' })).toBe('PUT https://example.org');
    expect(valueWords('parameters', { folder: '/srv', maxAgeMs: 5, tags: [] })).toBe(
      'folder: /srv, maxAgeMs: 5, tags: none',
    );
    expect(valueWords('parameters', {})).toBe(text.history.none);
  });

  test('that is a chain names its tasks', () => {
    const difference = {
      field: 'policies.after',
      before: null,
      after: [
        { taskId: 't1', on: 'success' },
        { taskId: 't2', on: 'failure' },
      ],
    };
    const nameOf = (id: string) => (id === 't1' ? 'Backup' : undefined);
    expect(sideWords(difference, 'before', nameOf)).toBe(text.history.none);
    expect(sideWords(difference, 'after', nameOf)).toBe('after Backup, after a deleted task fails');
  });

  test('that is a schedule is its sentence, if the product gives one', () => {
    const timezone = 'America/New_York';
    const daily = { cronExpression: '0 9 * * *', timezone };
    const difference = {
      field: 'schedule',
      before: daily,
      after: { ...daily, cronExpression: '0 18 * * *' },
      sentences: { before: 'Every day at 9:00', after: null },
    };
    expect(sideWords(difference, 'before', noNames)).toBe('Every day at 9:00 (New York)');
    expect(sideWords(difference, 'after', noNames)).toBe('0 18 * * * (New York)');
  });
});
