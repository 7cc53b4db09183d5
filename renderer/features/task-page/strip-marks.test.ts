import { describe, expect, test } from 'vitest';
import type { Strip, StripRun } from '../../../main/contract/task-report.ts';
import { barSizes, toneOf } from './strip-marks.ts';

const startedAt = '2026-11-25T10:00:00.000Z';
const now = Date.parse(startedAt) + 8000;
const run = (duration: number | null, change: Partial<StripRun> = {}): StripRun => ({
  ...{ kind: 'run', executionId: `took-${duration}`, startedAt, duration, status: 'success', trigger: 'schedule' },
  ...{ attempt: 1, reason: null, doubtful: false },
  ...change,
});
const gap = { kind: 'gap', from: startedAt, to: startedAt, count: 3, reason: 'missed', detail: null } as const;
const sizes = (strip: Strip) => [...barSizes(strip, now).values()].map(({ share, isCut }) => [share, isCut]);

describe('the bars of a strip', () => {
  test('are as high as the durations, and the longest fills the height', () => {
    expect(sizes([run(1000), gap, run(2000), run(4000)])).toEqual([
      [0.25, false],
      [0.5, false],
      [1, false],
    ]);
  });

  test('are cut above four times the median, so that one long run does not flatten the others', () => {
    expect(sizes([run(1000), run(2000), run(3_600_000)])).toEqual([
      [0.125, false],
      [0.25, false],
      [1, true],
    ]);
  });

  test('have a least height', () => {
    expect(sizes([run(1), run(1000), run(1000)])[0]).toEqual([0.06, false]);
    expect(sizes([run(0), run(0, { executionId: 'b' })])).toEqual([
      [0.06, false],
      [0.06, false],
    ]);
  });

  test('grow while a run goes on', () => {
    expect(sizes([run(4000), run(null, { status: 'running' })])).toEqual([
      [0.5, false],
      [1, false],
    ]);
  });

  test('are none for a task without runs', () => {
    expect(sizes([gap])).toEqual([]);
  });
});

test.each([
  ['success', false, 'good'],
  ['success', true, 'doubtful'],
  ['failure', false, 'bad'],
  ['timeout', false, 'timeout'],
  ['interrupted', false, 'interrupted'],
  ['cancelled', false, 'quiet'],
  ['skipped', false, 'quiet'],
  ['running', false, 'running'],
] as const)('a run with status %s (doubtful: %s) is drawn as %s', (status, doubtful, tone) => {
  expect(toneOf({ status, doubtful })).toBe(tone);
});
