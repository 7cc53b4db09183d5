import { expect, test } from 'vitest';
import type { ScheduleFile } from '../../contract/task.ts';
import { aTask, aTiming } from '../../testing/schedule-samples.ts';
import { ComingRuns } from './coming-runs.ts';
import { scheduleLoad } from './schedule-load.ts';

const HOUR = 3_600_000;
const from = Date.parse('2026-11-25T08:00:00.000Z');

function fileOf(groups: Readonly<Record<string, number>>): ScheduleFile {
  const file: ScheduleFile = { version: '2.0.0', tasks: {}, timings: {} };
  for (const [cronExpression, count] of Object.entries(groups)) {
    const taskIds = Array.from({ length: count }, (_, index) => `${cronExpression} ${index}`);
    file.timings[cronExpression] = aTiming({ id: cronExpression, cronExpression, taskIds });
    for (const id of taskIds) file.tasks[id] = aTask({ id, cronExpression, timingId: cronExpression });
  }
  return file;
}
const load = (file: ScheduleFile, hours = 3) =>
  scheduleLoad(file, { fromMs: from, untilMs: from + hours * HOUR, stepMs: HOUR }, new ComingRuns(() => null));

test('counts for each step how many tasks start, and how many of them together', () => {
  const { steps, isPartial } = load(fileOf({ '0 9 * * *': 3, '*/30 9 * * *': 2 }));
  expect(steps).toEqual([
    { starts: 0, most: 0 },
    { starts: 7, most: 5 },
    { starts: 0, most: 0 },
  ]);
  expect(isPartial).toBe(false);
});

test('a slot on a boundary belongs to the step that starts there', () => {
  expect(load(fileOf({ '0 8,11 * * *': 1 })).steps.map(({ starts }) => starts)).toEqual([1, 0, 0]);
});

test('paused tasks do not count', () => {
  const file = fileOf({ '0 9 * * *': 2 });
  const [first] = Object.values(file.tasks);
  if (first) first.status = 'paused';
  expect(load(file).steps[1]).toEqual({ starts: 1, most: 1 });
});

test('counting stops at the limit and says so', () => {
  expect(load(fileOf({ '* * * * *': 1 }), 24 * 60).isPartial).toBe(true);
});
