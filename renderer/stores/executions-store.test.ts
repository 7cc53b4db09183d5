import { expect, test } from 'vitest';
import { sampleExecution } from '../testing/samples.ts';
import { mergeRecent } from './executions-store.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 0, minute)).toISOString();
const run = (executionId: string, taskId: string, minute: number, status: 'success' | 'failure' = 'success') =>
  sampleExecution({ executionId, taskId, startedAt: at(minute), status });

test('the latest thousand runs are kept, and failures before them that still stand', () => {
  const earlier = [
    run('healed', 'healed', 0, 'failure'),
    run('first', 'backup', 1, 'failure'),
    run('second', 'backup', 2, 'failure'),
    run('well', 'well', 3),
  ];
  const busy = Array.from({ length: 999 }, (_, minute) => run(`busy ${minute}`, 'busy', 10 + minute));
  const recent = mergeRecent(earlier, [...busy, run('again', 'healed', 2000)]);
  expect(recent).toHaveLength(1001);
  expect(recent[0]?.executionId).toBe('again');
  expect(recent.at(-1)?.executionId).toBe('second');
  expect(mergeRecent(recent, [run('better', 'backup', 3000)]).some(({ taskId }) => taskId === 'backup')).toBe(true);
  expect(mergeRecent(recent, [run('better', 'backup', 3000)]).some(({ status }) => status === 'failure')).toBe(false);
});
