import { describe, expect, it } from 'vitest';
import { TimingFacts, type TimingFactsNeeds } from './timing-facts.ts';

const at = (instant: string): number => Date.parse(instant);
const style: TimingFactsNeeds = { clock: () => '24h', machineTimezone: () => 'UTC' };
const hourly = { cronExpression: '0 * * * *', timezone: 'UTC' };

describe('the facts of a schedule', () => {
  it('are cached until the next run has passed', () => {
    const facts = new TimingFacts(style);
    const first = facts.of(hourly, at('2026-11-23T12:00:00.000Z'));
    expect(first).toMatchObject({ sentence: 'Every hour', nextRuns: { length: 5, 0: '2026-11-23T13:00:00.000Z' } });
    expect(facts.of({ ...hourly }, at('2026-11-23T12:59:59.999Z'))).toBe(first);
    expect(facts.of(hourly, at('2026-11-23T13:00:00.000Z')).nextRuns[0]).toBe('2026-11-23T14:00:00.000Z');
  });

  it('are computed again after the clock was set back', () => {
    const facts = new TimingFacts(style);
    facts.of(hourly, at('2026-11-23T12:30:00.000Z'));
    expect(facts.of(hourly, at('2026-11-23T10:30:00.000Z')).nextRuns[0]).toBe('2026-11-23T11:00:00.000Z');
  });

  it('depend on the zone and on the instant of a one-shot', () => {
    const facts = new TimingFacts(style);
    const daily = { cronExpression: '0 9 * * *', timezone: 'UTC' };
    const now = at('2026-11-23T12:00:00.000Z');
    expect(facts.of(daily, now).nextRuns[0]).toBe('2026-11-24T09:00:00.000Z');
    expect(facts.of({ ...daily, timezone: 'Asia/Tokyo' }, now).nextRuns[0]).toBe('2026-11-24T00:00:00.000Z');
    const once = { ...daily, cronExpression: '0 9 1 12 *', runAt: '2026-12-01T09:00:00.000Z' };
    expect(facts.of(once, now).nextRuns).toEqual(['2026-12-01T09:00:00.000Z']);
    expect(facts.of(once, at('2026-12-01T09:00:00.000Z')).nextRuns).toEqual([]);
    expect(facts.of({ ...once, runAt: '2027-12-01T09:00:00.000Z' }, now).nextRuns).toHaveLength(1);
  });

  it('follow the clock of the settings', () => {
    let clock: '12h' | '24h' = '24h';
    const facts = new TimingFacts({ ...style, clock: () => clock });
    const evening = { cronExpression: '30 18 * * 1-5', timezone: 'Asia/Tokyo' };
    const now = at('2026-11-23T12:00:00.000Z');
    expect(facts.of(evening, now)).toMatchObject({
      name: 'Weekdays at 18:30 (Asia/Tokyo)',
      sentence: 'Weekdays at 18:30',
    });
    clock = '12h';
    expect(facts.of(evening, now)).toMatchObject({ sentence: 'Weekdays at 6:30 PM' });
  });
});
