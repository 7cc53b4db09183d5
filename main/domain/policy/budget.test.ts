import { describe, expect, it, test } from 'vitest';
import { budgetDays, budgetUses, forecastOf, periodEnd, reachedLimit, type Spent } from './budget.ts';

const none: Spent = { runs: 0, runMs: 0, costUsd: null };
const at = (text: string): number => Date.parse(text);

describe('the day of a budget', () => {
  it('begins at midnight in its zone', () => {
    expect(budgetDays(at('2026-11-30T23:30:00Z'), 'UTC')).toEqual({ day: '2026-11-30', month: '2026-11-01' });
    expect(budgetDays(at('2026-11-30T23:30:00Z'), 'Asia/Kathmandu')).toEqual({
      day: '2026-12-01',
      month: '2026-12-01',
    });
  });

  test.each([
    ['day', '2026-11-29T10:00:00Z', 'UTC', '2026-11-30T00:00:00.000Z'],
    ['month', '2026-12-31T22:59:00Z', 'Europe/Berlin', '2026-12-31T23:00:00.000Z'],
    // A day of 25 hours, and one that begins at 01:00 because midnight does not exist.
    ['day', '2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['day', '2018-11-03T12:00:00Z', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ] as const)('the %s of %s in %s ends at %s', (period, instant, zone, end) => {
    expect(new Date(periodEnd(period, at(instant), zone)).toISOString()).toBe(end);
  });
});

describe('a budget', () => {
  const limits = [
    { period: 'day', unit: 'runs', limit: 3 },
    { period: 'day', unit: 'cost', limit: 0.8 },
    { period: 'month', unit: 'minutes', limit: 60 },
  ] as const;
  const reached = (day: Partial<Spent>, month = none) =>
    reachedLimit(budgetUses(limits, { day: { ...none, ...day }, month }));

  it('lets runs start until a limit is reached, and not one more', () => {
    expect(reached({ runs: 2 })).toBeNull();
    expect(reached({ runs: 3 })).toEqual({ period: 'day', unit: 'runs', used: 3, limit: 3 });
    expect(reached({ costUsd: 0.79 })).toBeNull();
  });

  it('adds fractions of a dollar exactly', () => {
    expect(0.1 + 0.7).toBeLessThan(0.8);
    expect(reached({ costUsd: 0.1 + 0.7 })).toMatchObject({ unit: 'cost', used: 0.8 });
  });

  it('names the limit that lasts longest', () => {
    const month = { runs: 3, runMs: 61 * 60_000, costUsd: null };
    const longest = { period: 'month', unit: 'minutes', used: 61, limit: 60 };
    expect(reached({ runs: 3 }, month)).toEqual(longest);
    const uses = budgetUses(limits, { day: { ...none, runs: 3 }, month });
    expect(reachedLimit([...uses].reverse())).toEqual(longest);
  });
});

describe('a forecast', () => {
  it('multiplies the means of the latest runs by the slots to come', () => {
    const runs = [
      { runMs: 60_000, costUsd: 0.1 },
      { runMs: 180_000, costUsd: null },
      { runMs: 120_000, costUsd: 0.2 },
    ];
    expect(forecastOf(runs, 30)).toEqual({ runs: 30, minutes: 60, cost: 4.5 });
    expect(forecastOf([{ runMs: 0, costUsd: null }], 2)).toEqual({ runs: 2, minutes: 0, cost: null });
  });
});
