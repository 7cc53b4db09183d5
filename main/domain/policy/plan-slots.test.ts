import { describe, expect, it } from 'vitest';
import { planSlots, type SlotQuestion } from './plan-slots.ts';

const minute = 60_000;
const now = Date.parse('2026-11-23T12:00:05.000Z');
const slot = (minutesAgo: number): number => Date.parse('2026-11-23T12:00:00.000Z') - minutesAgo * minute;

const question = (change: Partial<SlotQuestion>): SlotQuestion => ({
  due: [slot(0)],
  nowMs: now,
  lateAfterMs: 2 * minute,
  jitterMs: 0,
  status: 'active',
  pauseNote: null,
  allPaused: false,
  skipUntilMs: null,
  startDateMs: null,
  endDateMs: null,
  catchUp: 'skip',
  catchUpWindowMs: 24 * 60 * minute,
  remaining: null,
  ...change,
});
const fates = (change: Partial<SlotQuestion>): string[] =>
  planSlots(question(change)).map((plan) => (plan.action === 'run' ? plan.trigger : plan.reason));

describe('a slot that is due now', () => {
  it('runs', () => expect(fates({})).toEqual(['schedule']));
  it('runs a little late', () => expect(fates({ due: [slot(1)] })).toEqual(['schedule']));
  it('does not run while the task is paused', () => expect(fates({ status: 'paused' })).toEqual(['paused']));
  it('does not run while everything is paused', () => expect(fates({ allPaused: true })).toEqual(['all-paused']));
  it('does not run when it was skipped on request', () =>
    expect(fates({ skipUntilMs: slot(0) })).toEqual(['skip-next']));
  it('does not run before the start date', () => expect(fates({ startDateMs: slot(0) + 1 })).toEqual(['not-started']));
  it('runs at the very start date', () => expect(fates({ startDateMs: slot(0) })).toEqual(['schedule']));
  it('does not run after the end date', () => expect(fates({ endDateMs: slot(1) })).toEqual(['ended']));
  it('runs at the very end date', () => expect(fates({ endDateMs: slot(0) })).toEqual(['schedule']));
  it('does not run once the task is completed', () =>
    expect(fates({ status: 'completed' })).toEqual(['max-executions']));
});

describe('slots that wait for their jitter', () => {
  it('are not missed because a later one is due', () =>
    expect(fates({ due: [slot(3), slot(2), slot(1), slot(0)], jitterMs: 3 * minute })).toEqual([
      'schedule',
      'schedule',
      'schedule',
      'schedule',
    ]));
  it('are missed once no jitter could explain the delay', () =>
    expect(fates({ due: [slot(30), slot(0)], jitterMs: 3 * minute })).toEqual(['missed', 'schedule']));
});

describe('slots missed while the machine slept', () => {
  const missed = [slot(50), slot(40), slot(30)];
  it('are recorded as missed under catch-up skip', () =>
    expect(fates({ due: missed })).toEqual(['missed', 'missed', 'missed']));
  it('run once under catch-up once', () =>
    expect(fates({ due: missed, catchUp: 'once' })).toEqual(['superseded', 'superseded', 'catch-up']));
  it('run one by one under catch-up all', () =>
    expect(fates({ due: missed, catchUp: 'all' })).toEqual(['catch-up', 'catch-up', 'catch-up']));
  it('are skipped beyond the window', () =>
    expect(fates({ due: missed, catchUp: 'all', catchUpWindowMs: 45 * minute })).toEqual([
      'catch-up-window',
      'catch-up',
      'catch-up',
    ]));
  it('are covered by the slot that is due now under catch-up once', () =>
    expect(fates({ due: [...missed, slot(0)], catchUp: 'once' })).toEqual([
      'superseded',
      'superseded',
      'superseded',
      'schedule',
    ]));
});

describe('a limit on executions', () => {
  it('is not exceeded by catch-up runs', () =>
    expect(fates({ due: [slot(20), slot(10), slot(0)], catchUp: 'all', remaining: 2 })).toEqual([
      'catch-up',
      'catch-up',
      'max-executions',
    ]));
});
