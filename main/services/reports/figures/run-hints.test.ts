import { describe, expect, test } from 'vitest';
import type { FiguredRun } from './run-figures.ts';
import { runHints } from './run-hints.ts';

const run = (change: Partial<FiguredRun>, index: number): FiguredRun => ({
  executionId: `run-${index}`,
  trigger: 'schedule',
  status: 'success',
  startedAt: '2026-11-25T10:00:00.000Z',
  duration: 2000,
  logBytes: 1000,
  ...change,
});
/** @param changes newest first */
const hintsOf = (changes: readonly Partial<FiguredRun>[]) =>
  runHints({ runs: changes.map(run), hasNeverRun: false, firstPassedSlot: null });
const usual = (count: number): Partial<FiguredRun>[] => Array.from({ length: count }, () => ({}));
const took = (duration: number): Partial<FiguredRun> => ({ duration });
const failed: Partial<FiguredRun> = { status: 'failure' };

test('runs like those before give no hint', () => {
  expect(hintsOf(usual(20))).toEqual([]);
  expect(hintsOf([])).toEqual([]);
});

describe('a task is slower than usual', () => {
  test('if its last three successes take at least twice as long as those before', () => {
    expect(hintsOf([took(6000), took(7000), took(5000), ...usual(10)])).toEqual([
      { kind: 'slower', factor: 3, recentMs: 6000, usualMs: 2000, recentRuns: 3, earlierRuns: 10 },
    ]);
  });

  test.each<[string, Partial<FiguredRun>[]]>([
    ['one slow run', [took(60_000), ...usual(12)]],
    ['too few runs before', [took(6000), took(6000), took(6000), ...usual(9)]],
    ['less than a second', [took(500), took(500), took(500), ...Array.from({ length: 10 }, () => took(100))]],
    ['failures that took long', [{ ...failed, duration: 60_000 }, { ...failed, duration: 60_000 }, ...usual(14)]],
  ])('but not for %s', (_, changes) => {
    expect(hintsOf(changes).filter(({ kind }) => kind === 'slower')).toEqual([]);
  });

  test('even if it usually takes no time at all', () => {
    const instant = Array.from({ length: 10 }, () => took(0));
    expect(hintsOf([took(2000), took(2000), took(2000), ...instant])).toMatchObject([{ kind: 'slower', factor: 2000 }]);
  });
});

describe('a task always fails', () => {
  test('if it ran three times or more, and never succeeded', () => {
    expect(hintsOf([failed, { status: 'timeout' }, { status: 'cancelled' }, failed])).toEqual([
      { kind: 'always-fails', executionId: 'run-0', runs: 3 },
    ]);
  });

  test.each([
    ['two failures', [failed, failed]],
    ['a success among them', [failed, failed, failed, {}]],
    ['failed test runs', Array.from({ length: 3 }, () => ({ ...failed, trigger: 'test' }) as const)],
  ])('but not for %s', (_, changes) => {
    expect(hintsOf(changes)).toEqual([]);
  });
});

describe('a task is flaky', () => {
  test('if it recovered three times in its last 30 runs', () => {
    expect(hintsOf([{}, failed, {}, failed, failed, {}, {}, failed, {}])).toEqual([
      { kind: 'flaky', recoveries: 3, runs: 9 },
    ]);
  });

  test.each<[string, Partial<FiguredRun>[]]>([
    ['two recoveries', [{}, failed, {}, failed, {}]],
    ['one long failure', [{}, failed, failed, failed, failed, {}]],
    ['recoveries of long ago', [...usual(30), failed, {}, failed, {}, failed, {}]],
  ])('but not with %s', (_, changes) => {
    expect(hintsOf(changes)).toEqual([]);
  });
});

describe('the log of a task is short', () => {
  test('if its last success wrote less than a fifth of what is usual', () => {
    expect(hintsOf([{ logBytes: 199 }, ...usual(10)])).toEqual([
      { kind: 'short-log', executionId: 'run-0', bytes: 199, usualBytes: 1000, earlierRuns: 10 },
    ]);
  });

  test.each<[string, Partial<FiguredRun>[]]>([
    ['a fifth', [{ logBytes: 200 }, ...usual(10)]],
    ['a failure', [{ ...failed, logBytes: 0 }, ...usual(10)]],
    ['too few runs before', [{ logBytes: 0 }, ...usual(9)]],
    ['logs that are always short', [{ logBytes: 0 }, ...Array.from({ length: 10 }, () => ({ logBytes: 499 }))]],
  ])('but not with %s', (_, changes) => {
    expect(hintsOf(changes)).toEqual([]);
  });
});

test('a task that never ran says so once a slot has passed', () => {
  const firstPassedSlot = '2026-11-25T09:00:00.000Z';
  expect(runHints({ runs: [], hasNeverRun: true, firstPassedSlot })).toEqual([
    { kind: 'never-ran', since: firstPassedSlot },
  ]);
  expect(runHints({ runs: [], hasNeverRun: true, firstPassedSlot: null })).toEqual([]);
  // Retention has deleted its runs.
  expect(runHints({ runs: [], hasNeverRun: false, firstPassedSlot })).toEqual([]);
});
