import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../domain/words/read-duration.ts';
import { parseInstant } from '../../domain/words/read-instant.ts';

describe('lengths of time', () => {
  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['1500', 1500],
    ['250ms', 250],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    [' 5M ', 300_000],
    ['2 hours', 7_200_000],
    ['1 hour and 30 minutes', 5_400_000],
    ['1 day, 2 h', 93_600_000],
    ['90 sec', 90_000],
    ['1 week', 604_800_000],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each([
    '',
    '-5m',
    '5 parsecs',
    '5m and',
    'and 5m',
    '5 m or 3 h',
    'in 5m',
    '5 minutes ago',
    '1 hour an',
    'm',
    '1e3',
    '5m!',
    '99999999999999999999',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('instants', () => {
  const context = { nowMs: Date.parse('2026-11-23T12:34:56.000Z'), timezone: 'Europe/Paris' };
  const read = async (text: string, direction: 'past' | 'future'): Promise<string | null> => {
    const ms = await parseInstant(text, direction, context);
    return ms === null ? null : new Date(ms).toISOString();
  };

  it.each([
    ['2026-12-03T14:15:00.000Z', '2026-12-03T14:15:00.000Z'],
    ['2026-12-03T14:15:00+02:00', '2026-12-03T12:15:00.000Z'],
    ['2026-12-03T14:15Z', '2026-12-03T14:15:00.000Z'],
    ['2026-12-03 14:15', '2026-12-03T13:15:00.000Z'],
    ['2026-12-03', '2026-12-02T23:00:00.000Z'],
    ['2026-07-03', '2026-07-02T22:00:00.000Z'],
    ['tomorrow 9am', '2026-11-24T08:00:00.000Z'],
    ['in 2 hours', '2026-11-23T14:34:56.000Z'],
    ['2h', '2026-11-23T14:34:56.000Z'],
    ['2 hours', '2026-11-23T14:34:56.000Z'],
    ['now', '2026-11-23T12:34:56.000Z'],
  ])('%s in the future', async (text, iso) => expect(await read(text, 'future')).toBe(iso));

  it.each([
    ['2h', '2026-11-23T10:34:56.000Z'],
    ['1d', '2026-11-22T12:34:56.000Z'],
    ['yesterday', '2026-11-21T23:00:00.000Z'],
    ['2 hours ago', '2026-11-23T10:34:56.000Z'],
  ])('%s in the past', async (text, iso) => expect(await read(text, 'past')).toBe(iso));

  it.each(['', 'soon', 'tomorrow 9am and some more', '2026-13-40T00:00:00Z', '2026-02-30', 'the 31st of nothing'])(
    'refuses %j',
    async (text) => expect(await read(text, 'future')).toBeNull(),
  );
});
