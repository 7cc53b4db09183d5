import { expect, it } from 'vitest';
import type { RecentRun } from '../../../contract/recent-runs.ts';
import { recentFigures } from './recent-figures.ts';

const run = (status: RecentRun['status'], duration: number | null = 1000): RecentRun => ({
  executionId: 'e',
  status,
  startedAt: '2026-11-25T09:00:00.000Z',
  duration,
  isDoubtful: false,
});

it('the usual duration is the median of the successful runs, from three on', () => {
  const slow = [run('success', 900), run('failure', 5), run('success', 100), run('success', 300)];
  expect(recentFigures(slow).usualMs).toBe(300);
  expect(recentFigures(slow.slice(0, 3)).usualMs).toBeNull();
});

it('the success rate leaves out runs that neither succeeded nor failed', () => {
  const runs = [
    run('running', null),
    run('cancelled'),
    run('success'),
    run('timeout'),
    run('interrupted'),
    run('failure'),
  ];
  expect(recentFigures(runs).successRate).toBe(0.25);
  expect(recentFigures([run('running', null)])).toEqual({ usualMs: null, successRate: null });
});
