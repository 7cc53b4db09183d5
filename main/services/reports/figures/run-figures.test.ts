import { describe, expect, test } from 'vitest';
import { median } from '../../../contract/median-duration.ts';
import { runFigures, type FiguredRun } from './run-figures.ts';

const p95Of = () => 42;

/** Returns runs, newest first: `s` succeeded, `f` failed, `t` timed out, `c` was cancelled, `r` runs. */
function runs(outcomes: string, durations: readonly (number | null)[] = []): FiguredRun[] {
  const statuses = { s: 'success', f: 'failure', t: 'timeout', c: 'cancelled', r: 'running' } as const;
  return [...outcomes].map((letter, index) => ({
    executionId: `run-${index}`,
    trigger: 'schedule',
    status: statuses[letter as keyof typeof statuses],
    startedAt: new Date(Date.parse('2026-11-25T10:00:00.000Z') - index * 3_600_000).toISOString(),
    duration: durations[index] ?? 1000,
    logBytes: 100,
  }));
}

describe('the figures of a task', () => {
  test('count successes and failures, and neither cancelled nor running runs', () => {
    const figures = runFigures(runs('rscsft'), true, p95Of);
    expect(figures).toMatchObject({ runs: 4, successes: 2, isPartial: true, p95Ms: 42 });
    expect(figures.since).toBe('2026-11-25T05:00:00.000Z');
  });

  test('leave out test runs', () => {
    const tested = runs('fs').map((run): FiguredRun => (run.status === 'failure' ? { ...run, trigger: 'test' } : run));
    expect(runFigures(tested, false, p95Of)).toMatchObject({ runs: 1, streak: { isSuccess: true, count: 1 } });
  });

  test('take the median of successful runs only, from three on', () => {
    expect(runFigures(runs('sfss', [3000, 90_000, 1000, 2000]), false, p95Of).medianMs).toBe(2000);
    expect(runFigures(runs('ss'), false, p95Of).medianMs).toBeNull();
  });

  test.each([
    ['', null],
    ['r', null],
    ['sss', { isSuccess: true, count: 3 }],
    ['ftsf', { isSuccess: false, count: 2 }],
    ['csf', { isSuccess: true, count: 1 }],
  ])('have for %j the streak %o', (outcomes, streak) => {
    expect(runFigures(runs(outcomes), false, p95Of).streak).toEqual(streak);
  });

  test('count doubtful successes', () => {
    const criterion = { check: 'lacks', text: 'Error' } as const;
    const doubt = { sign: 'error-text', message: 'The log reports an error.', line: null, criterion } as const;
    const doubted = runs('ss').map((run, index): FiguredRun => (index === 0 ? { ...run, doubt } : run));
    expect(runFigures(doubted, false, p95Of)).toMatchObject({ successes: 2, doubtful: 1 });
  });
});

test.each([
  [[], null],
  [[5], 5],
  [[4, 1], 2.5],
  [[9, 1, 5], 5],
])('the median of %j is %j', (values, expected) => {
  expect(median(values)).toBe(expected);
});
