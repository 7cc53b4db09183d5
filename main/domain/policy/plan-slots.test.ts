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
    expect(planSlots(question({ status: 'completed' }))).toEqual([
      { slotMs: slot(0), action: 'skip', reason: 'max-executions', detail: 'the task is completed' },
    ]));
  it('runs until it is late, and not after that', () => {
    const limit = { lateAfterMs: now - slot(2) };
    expect(fates({ ...limit, due: [slot(2)] })).toEqual(['schedule']);
    expect(fates({ ...limit, due: [slot(2) - 1] })).toEqual(['missed']);
  });
  it('runs alone: an earlier one that is not late either is missed', () =>
    expect(fates({ due: [slot(1), slot(0)] })).toEqual(['missed', 'schedule']));
  it('runs beside an earlier one if each is an event of its own', () =>
    expect(fates({ due: [slot(1), slot(0)], eachInTime: true })).toEqual(['schedule', 'schedule']));
});

describe('a request to skip', () => {
  const due = [slot(1), slot(0)];
  it('until an instant leaves the slots after it', () =>
    expect(fates({ due, skipUntilMs: slot(1) })).toEqual(['skip-next', 'schedule']));
  it('of one slot leaves those before and after it', () =>
    expect(fates({ due: [slot(2), ...due], skipSlotMs: slot(1), eachInTime: true, lateAfterMs: 9 * minute })).toEqual([
      'schedule',
      'skip-next',
      'schedule',
    ]));
});

it('a slot on a day that the calendars leave out does not run, and says which day it is', () =>
  expect(
    planSlots(question({ due: [slot(1), slot(0)], dayOff: (ms) => (ms === slot(1) ? 'Christmas' : null) })),
  ).toEqual([
    { slotMs: slot(1), action: 'skip', reason: 'calendar', detail: 'Christmas' },
    { slotMs: slot(0), action: 'run', trigger: 'schedule' },
  ]));

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
  it('are caught up at the very end of the window', () =>
    expect(fates({ due: missed, catchUp: 'all', catchUpWindowMs: now - slot(50) })).toEqual([
      'catch-up',
      'catch-up',
      'catch-up',
    ]));
  it('say why they did not run', () => {
    const details = (change: Partial<SlotQuestion>) =>
      planSlots(question({ due: missed, ...change })).map((plan) => (plan.action === 'skip' ? plan.detail : null));
    expect(details({})[0]).toBe('the scheduler was not running, and catch-up is off');
    expect(details({ catchUp: 'once' })).toEqual(['a later slot runs instead', 'a later slot runs instead', null]);
    expect(details({ catchUp: 'all', catchUpWindowMs: 0 })[0]).toContain('older than the catch-up window');
  });
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
  it('is not used up by slots that do not run', () =>
    expect(fates({ due: [slot(20), slot(10), slot(0)], remaining: 1 })).toEqual(['missed', 'missed', 'schedule']));
});
