import { expect, test } from 'vitest';
import type { SlotRecord } from '../../../contract/execution.ts';
import type { StripRun } from '../../../contract/task-report.ts';
import { stripOf } from './strip.ts';

const at = (minute: number) => `2026-11-25T10:${String(minute).padStart(2, '0')}:00.000Z`;
const run = (minute: number): StripRun => ({
  ...{ kind: 'run', executionId: `run-${minute}`, startedAt: at(minute), duration: 1000, status: 'success' },
  ...{ trigger: 'schedule', attempt: 1, reason: null, doubtful: false },
});
const notRun = (minute: number, reason: SlotRecord['reason'], detail: string | null = null): SlotRecord => ({
  ...{ taskId: 'task', slot: at(minute), state: 'skipped', executionId: null, recordedAt: null },
  ...{ reason, detail },
});
const summary = (strip: ReturnType<typeof stripOf>) =>
  strip.map((entry) =>
    entry.kind === 'run'
      ? entry.executionId
      : [entry.reason, entry.count, entry.from.slice(14, 16), entry.to.slice(14, 16)],
  );

test('slots that did not run stand between the runs, in order of time', () => {
  expect(summary(stripOf([run(9), run(1)], [notRun(5, 'missed')]))).toEqual([
    'run-1',
    ['missed', 1, '05', '05'],
    'run-9',
  ]);
});

test('neighbours with the same reason are one gap, unless a run is between them or the detail differs', () => {
  const slots = [notRun(1, 'paused'), notRun(2, 'paused'), notRun(4, 'paused'), notRun(5, 'paused', 'disk full')];
  expect(summary(stripOf([run(3)], slots))).toEqual([
    ['paused', 2, '01', '02'],
    'run-3',
    ['paused', 1, '04', '04'],
    ['paused', 1, '05', '05'],
  ]);
});

test('a slot without a recorded reason is a gap of its own', () => {
  expect(summary(stripOf([], [notRun(1, null), notRun(2, 'missed')]))).toEqual([
    [null, 1, '01', '01'],
    ['missed', 1, '02', '02'],
  ]);
});
