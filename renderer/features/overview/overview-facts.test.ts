import { expect, test } from 'vitest';
import { aDoubt } from '../../../main/testing/ledger-samples.ts';
import { sampleExecution, sampleTask, sampleTiming } from '../../testing/samples.ts';
import {
  dayCounts,
  failedTasks,
  failuresByTask,
  findingsOf,
  groupsInTrouble,
  unseenDoubts,
  unseenFailures,
  upcomingRuns,
} from './overview-facts.ts';

const now = Date.parse('2026-11-25T12:00:00.000Z');

test('failures count since they were last marked as seen, one line per task', () => {
  const failure = (executionId: string, taskId: string, startedAt: string) =>
    sampleExecution({ executionId, taskId, startedAt, status: 'failure' });
  const recent = [
    failure('3', 'a', '2026-11-25T11:00:00.000Z'),
    failure('2', 'b', '2026-11-25T10:00:00.000Z'),
    failure('1', 'a', '2026-11-25T09:00:00.000Z'),
    sampleExecution({ executionId: '0', startedAt: '2026-11-25T11:30:00.000Z' }),
  ];
  expect(unseenFailures(recent, null)).toHaveLength(3);
  expect(unseenFailures(recent, '2026-11-25T10:00:00.000Z')).toHaveLength(1);
  expect(failuresByTask(recent.slice(0, 3)).map(({ newest, count }) => [newest.executionId, count])).toEqual([
    ['3', 2],
    ['2', 1],
  ]);
});

test('doubtful runs count since failures were last marked as seen', () => {
  const doubt = { sign: 'empty', message: 'm', line: null, criterion: { check: 'not-empty' } } as const;
  const at = (startedAt: string) => sampleExecution({ startedAt, doubt });
  const recent = [at('2026-11-25T11:00:00.000Z'), at('2026-11-25T09:00:00.000Z'), sampleExecution()];
  expect(unseenDoubts(recent, null)).toHaveLength(2);
  expect(unseenDoubts(recent, '2026-11-25T10:00:00.000Z')).toHaveLength(1);
});

test('a task whose newest run succeeded is not failing any more', () => {
  const run = (taskId: string, startedAt: string, status: 'failure' | 'success' | 'running' | 'cancelled') =>
    sampleExecution({ executionId: `${taskId} ${startedAt}`, taskId, startedAt, status });
  const recent = [
    run('a', '2026-11-25T11:00:00.000Z', 'running'),
    run('b', '2026-11-25T10:30:00.000Z', 'cancelled'),
    run('a', '2026-11-25T10:00:00.000Z', 'success'),
    run('b', '2026-11-25T09:00:00.000Z', 'failure'),
    run('a', '2026-11-25T08:00:00.000Z', 'failure'),
  ];
  const names = ({ failing, recovered }: ReturnType<typeof failedTasks>) =>
    [failing, recovered].map((tasks) => tasks.map(({ newest }) => newest.taskId));
  const tasks = new Set(['a', 'b']);
  expect(names(failedTasks(recent, null, tasks))).toEqual([['b'], ['a']]);
  expect(names(failedTasks(recent, '2026-11-25T08:30:00.000Z', tasks))).toEqual([['b'], []]);
  const doubtful = { ...run('b', '2026-11-25T11:30:00.000Z', 'success'), doubt: aDoubt };
  expect(names(failedTasks([doubtful, ...recent], null, tasks))).toEqual([[], ['a']]);
  const unchanged = { ...doubtful, status: 'skipped' as const, doubt: undefined };
  expect(names(failedTasks([unchanged, ...recent], null, tasks))).toEqual([[], ['b', 'a']]);
  expect(names(failedTasks(recent, null, new Set(['a'])))).toEqual([[], ['a']]);
  const tried = { ...run('a', '2026-11-25T11:30:00.000Z', 'failure'), trigger: 'test' as const };
  expect(names(failedTasks([tried, ...recent], null, tasks))).toEqual([['b'], ['a']]);
});

test('next runs leave out groups without an active task', () => {
  const timings = [sampleTiming({ id: 'x' }), sampleTiming({ id: 'y', nextRuns: ['2026-11-25T13:00:00.000Z'] })];
  const tasks = [
    sampleTask({ id: '1', timingId: 'x', name: 'One' }),
    sampleTask({ id: '2', timingId: 'y', name: 'Two' }),
    sampleTask({ id: '3', timingId: 'y', name: 'Three', status: 'paused' }),
  ];
  expect(upcomingRuns(timings, tasks, now).map((run) => [run.timing.id, ...run.tasks.map(({ name }) => name)])).toEqual(
    [
      ['y', 'Two'],
      ['x', 'One'],
    ],
  );
  expect(upcomingRuns(timings, tasks.slice(2), now)).toEqual([]);
});

test('only missing or changed entries are problems', () => {
  const states = ['installed', 'missing', 'drifted', 'in-process', 'not-needed', 'unknown'] as const;
  const timings = states.map((state) => sampleTiming({ id: state, osEntry: { kind: 'systemd', state } }));
  expect(groupsInTrouble(timings).map(({ id }) => id)).toEqual(['missing', 'drifted']);
});

test('days are counted by the calendar', () => {
  const steps = [
    { at: '2026-11-01T00:00:00.000Z', good: 9, bad: 9 },
    { at: '2026-11-24T00:00:00.000Z', good: 1, bad: 0 },
    { at: '2026-11-24T23:45:00.000Z', good: 2, bad: 1 },
    { at: '2026-11-25T00:00:00.000Z', good: 4, bad: 0 },
  ];
  expect(dayCounts(steps, now, 3).map(({ good, bad }) => [good, bad])).toEqual([
    [0, 0],
    [3, 1],
    [4, 0],
  ]);
});

test('findings are those of the groups, then those of the last checks, problems first', () => {
  const timings = [
    sampleTiming({ id: 'a', sentence: 'A', osEntry: { kind: 'systemd', state: 'missing' } }),
    sampleTiming({ id: 'b', sentence: 'B' }),
  ];
  const check = (id: string, status: 'ok' | 'warning' | 'problem') => ({
    id,
    title: `Title of ${id}`,
    status,
    message: 'Found.',
    fixable: id.startsWith('os/'),
  });
  const checks = [
    check('os/linger', 'warning'),
    check('os/entry:a', 'problem'),
    check('os/entry:b', 'problem'),
    check('store/schedule', 'ok'),
  ];
  expect(findingsOf(timings, checks).map(({ id, title, fixable, timingId }) => [id, title, fixable, timingId])).toEqual(
    [
      ['a', 'A', true, 'a'],
      ['os/entry:b', 'B', true, 'b'],
      ['os/linger', 'Title of os/linger', true, null],
    ],
  );
  expect(findingsOf(timings.slice(1), null)).toEqual([]);
});
