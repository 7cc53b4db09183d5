import { describe, expect, it } from 'vitest';
import { acceptedPhrases, phraseContext as context } from '../../testing/accepted-phrases.ts';
import { EXAMPLES } from './suggestions.ts';
import { understandSchedule } from './understand-schedule.ts';

describe('accepted phrases', () => {
  it('cover many cases', () => {
    expect(new Set(acceptedPhrases.map(([phrase]) => phrase)).size).toBe(acceptedPhrases.length);
    expect(acceptedPhrases.length).toBeGreaterThanOrEqual(150);
  });

  const cases = acceptedPhrases.map(([phrase, meaning, zone = 'UTC']) => ({ phrase, meaning, zone }));

  it.each(cases)('"$phrase" means $meaning', ({ phrase, meaning, zone }) => {
    const { answer } = understandSchedule(phrase, context);
    const lines = answer.scheduleRule?.crons?.join('; ') ?? answer.cron;
    expect([lines ?? answer.runAt, answer.timezone]).toEqual([meaning, zone]);
  });

  it.each(EXAMPLES)('"%s" is accepted, so it can be suggested', (phrase) => {
    expect(() => understandSchedule(phrase, context)).not.toThrow();
  });
});
