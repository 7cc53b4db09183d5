import { expect, test } from 'vitest';
import type { TaskView } from '../../../main/contract/task.ts';
import { sampleTask } from '../../testing/samples.ts';
import { statusesOf } from './task-status.tsx';

const late = {
  kind: 'late',
  since: '2026-11-25T10:00:00.000Z',
  slot: null,
  executionId: null,
  message: 'Late.',
} as const;

test.each<[Partial<TaskView>, boolean, string[]]>([
  [{}, false, ['Active']],
  [{}, true, ['All schedules are paused']],
  [{ status: 'paused', lastStatus: 'failure' }, false, ['Paused', 'Failing']],
  [{ running: 1, lastStatus: 'running', attention: [late] }, false, ['Running', 'Late']],
  [{ lastStatus: 'success', lastDoubtful: true }, false, ['Doubtful']],
  [{ lastStatus: 'timeout' }, false, ['Failing']],
  [{ status: 'completed', lastStatus: 'failure' }, true, ['Completed']],
  [{ status: 'error' }, false, ['Stopped by an error']],
])('a task with %j (all paused: %s) is shown as %j', (change, allPaused, words) => {
  const shown = statusesOf({ ...sampleTask({ running: 0 }), ...change }, allPaused);
  expect(shown.map(({ word }) => word)).toEqual(words);
});
