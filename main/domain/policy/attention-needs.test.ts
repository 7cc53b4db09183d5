import { describe, expect, it } from 'vitest';
import { attentionNeeds, lateStartMs, type AttentionQuestion } from './attention-needs.ts';
import { attentionRules } from './resolved-policies.ts';

const minute = 60_000;
const none = { lateAfterMs: null, longAfter: null, overdueAfterMs: null };
const ask = (change: Partial<AttentionQuestion>) =>
  attentionNeeds({
    ...{ nowMs: 100 * minute, rules: none, open: [], running: [], lastGoodMs: 0, isActive: true },
    ...change,
  });
const kinds = (change: Partial<AttentionQuestion>) => ask(change).map(({ kind }) => kind);
const run = { executionId: 'e1', startedMs: 90 * minute, usualMs: null };

it('needs nothing without limits, whatever happens', () => {
  expect(ask({ open: [{ slotMs: 0, delayMs: 0 }], running: [run] })).toEqual([]);
});

describe('late', () => {
  const rules = { ...none, lateAfterMs: 10 * minute };

  it('begins once a slot has not started for longer than the limit', () => {
    const open = [{ slotMs: 90 * minute, delayMs: 0 }];
    expect(ask({ rules, open })).toEqual([]);
    expect(ask({ rules, open, nowMs: 100 * minute + 1 })).toEqual([
      { kind: 'late', sinceMs: 100 * minute, slotMs: 90 * minute },
    ]);
  });

  it('counts from the end of the random delay', () => {
    expect(kinds({ rules, open: [{ slotMs: 85 * minute, delayMs: 6 * minute }] })).toEqual([]);
    expect(ask({ rules, open: [{ slotMs: 85 * minute, delayMs: 4 * minute }] })).toMatchObject([
      { kind: 'late', sinceMs: 99 * minute },
    ]);
  });

  it('is one for several slots, about the earliest', () => {
    const open = [70, 80, 95].map((at) => ({ slotMs: at * minute, delayMs: 0 }));
    expect(ask({ rules, open })).toMatchObject([{ slotMs: 70 * minute }]);
  });

  it('is a start later than the limit, and by how much after the slot', () => {
    const slot = { slotMs: 0, delayMs: minute };
    expect(lateStartMs(11 * minute, slot, rules)).toBeNull();
    expect(lateStartMs(12 * minute, slot, rules)).toBe(12 * minute);
    expect(lateStartMs(12 * minute, slot, none)).toBeNull();
    const later = { slotMs: 50 * minute, delayMs: minute };
    expect(lateStartMs(61 * minute, later, rules)).toBeNull();
    expect(lateStartMs(62 * minute, later, rules)).toBe(12 * minute);
  });
});

describe('too long', () => {
  it('begins after a fixed time, for each run', () => {
    const rules = { ...none, longAfter: { ms: 5 * minute } };
    const quick = { executionId: 'e2', startedMs: 96 * minute, usualMs: null };
    expect(ask({ rules, running: [run, quick] })).toMatchObject([
      { kind: 'long', sinceMs: 95 * minute, run: { executionId: 'e1' } },
    ]);
    expect(kinds({ rules, running: [run], nowMs: 95 * minute })).toEqual([]);
  });

  it('begins after a multiple of the usual duration, and never while that is not known', () => {
    const rules = { ...none, longAfter: { factor: 3 } };
    expect(kinds({ rules, running: [{ ...run, usualMs: 4 * minute }] })).toEqual([]);
    expect(kinds({ rules, running: [{ ...run, usualMs: 3 * minute }] })).toEqual(['long']);
    expect(kinds({ rules, running: [run] })).toEqual([]);
  });
});

describe('overdue', () => {
  const rules = { ...none, overdueAfterMs: 60 * minute };

  it('begins after the limit without a success', () => {
    expect(kinds({ rules, lastGoodMs: 40 * minute })).toEqual([]);
    expect(ask({ rules, lastGoodMs: 39 * minute })).toEqual([{ kind: 'overdue', sinceMs: 99 * minute }]);
  });

  it('is not a task that does not run on schedule', () => {
    expect(kinds({ rules, isActive: false })).toEqual([]);
  });
});

describe('the limits of a task', () => {
  const defaults = { lateAfterMs: minute, longAfter: { factor: 2 }, overdueAfterMs: 3 * minute };

  it('are those of the settings if it sets none', () => {
    expect(attentionRules(undefined, defaults)).toEqual(defaults);
    expect(attentionRules(undefined, {})).toEqual(none);
  });

  it('are its own, and 0 switches one off', () => {
    const own = { lateAfterMs: 0, longAfter: { ms: 0 }, overdueAfterMs: 9 };
    expect(attentionRules(own, defaults)).toEqual({ lateAfterMs: null, longAfter: null, overdueAfterMs: 9 });
  });
});
