import { expect, it } from 'vitest';
import type { InsightsAnswer, TaskInsight } from '../../../main/contract/insights.ts';
import { insights } from './insights.ts';

const task = (failures: number): TaskInsight => ({
  ...{ taskId: 'a', taskName: 'A', hints: [], latestId: null, runs: 4, failures, peakMemoryBytes: null },
  ...{ runsPerDay: 1, busyMsPerDay: 1, cpuMsPerDay: null },
});
const answer = (found: number, tasks: TaskInsight[]): InsightsAnswer => ({
  ...{ since: '2026-11-01T00:00:00.000Z', tasks, total: tasks.length, found, busiest: [] },
});

it('says that nothing is unusual only if no run failed', () => {
  expect(insights.summary(answer(0, [task(0), task(0)]))).toMatch(/^Nothing is unusual about 2 tasks since /);
  expect(insights.summary(answer(0, [task(0), task(1)]))).toMatch(/^1 run failed, but none of 2 tasks since /);
});

it('counts the tasks about which something is unusual', () => {
  expect(insights.summary(answer(1, [task(4), task(0)]))).toMatch(
    /^Something is unusual about 1 of 2 tasks since .*\.$/,
  );
});
