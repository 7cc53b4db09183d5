import { expect, test } from 'vitest';
import { neverRunAt } from '../../../main/contract/schedule-rule.ts';
import { sampleTask, sampleTiming } from '../../testing/samples.ts';
import { arrangeGroups, nextRunOf, sentenceOf, taskSummary } from './groups.ts';

const later = sampleTiming({ id: 'later', sentence: 'Later', nextExecutionAt: '2026-11-27T09:00:00.000Z' });
const sooner = sampleTiming({ id: 'sooner', sentence: 'Sooner', nextExecutionAt: '2026-11-26T01:00:00.000Z' });
const resting = sampleTiming({ id: 'resting', sentence: 'Resting', nextExecutionAt: '2026-11-25T23:00:00.000Z' });
const timings = [later, resting, sooner];
const tasks = [
  sampleTask({ id: 'a', name: 'Zebra', timingId: 'later' }),
  sampleTask({ id: 'b', name: 'Ant', timingId: 'later', lastStatus: 'failure' }),
  sampleTask({
    id: 'c',
    name: 'Bee',
    timingId: 'sooner',
    tags: ['insects'],
    tool: 'http:request',
    parameters: { url: 'https://bee' },
  }),
  sampleTask({ id: 'd', name: 'Cat', timingId: 'resting', status: 'paused' }),
];
const arranged = (wanted = '', filter: 'all' | 'paused' | 'failing' = 'all') =>
  arrangeGroups(timings, tasks, { wanted, filter }).map((group) => [
    group.timing.id,
    ...group.tasks.map((task) => task.name),
  ]);

test('groups are in the order of their next run, paused ones last, tasks by name', () => {
  expect(arranged()).toEqual([
    ['sooner', 'Bee'],
    ['later', 'Ant', 'Zebra'],
    ['resting', 'Cat'],
  ]);
});

test('a search finds names, tags, schedules and what a task runs', () => {
  expect(arranged('INSECT')).toEqual([['sooner', 'Bee']]);
  expect(arranged('https://bee')).toEqual([['sooner', 'Bee']]);
  expect(arranged('later ant')).toEqual([['later', 'Ant']]);
  expect(arranged('nothing')).toEqual([]);
});

test('a schedule names its time zone only if that is not the machine’s', () => {
  const tokyo = sampleTiming({ sentence: 'Weekdays at 9:00', timezone: 'Asia/Tokyo' });
  expect(sentenceOf(tokyo, 'Europe/Berlin')).toBe('Weekdays at 9:00 (Tokyo)');
  expect(sentenceOf(tokyo, 'Asia/Tokyo')).toBe('Weekdays at 9:00');
  const event = sampleTiming({
    ...tokyo,
    sentence: 'At login',
    runAt: neverRunAt,
    scheduleRule: { events: ['login'] },
  });
  expect(sentenceOf(event, 'Europe/Berlin')).toBe('At login');
});

test('filters', () => {
  expect(arranged('', 'paused')).toEqual([['resting', 'Cat']]);
  expect(arranged('', 'failing')).toEqual([['later', 'Ant']]);
});

test('the next run is the first that has not passed', () => {
  const timing = { nextRuns: ['2026-11-26T09:00:00.000Z', '2026-11-27T09:00:00.000Z'] };
  expect(nextRunOf(timing, Date.parse('2026-11-26T09:00:00.000Z'))).toBe('2026-11-27T09:00:00.000Z');
  expect(nextRunOf(timing, Date.parse('2026-11-28T00:00:00.000Z'))).toBeUndefined();
});

test('a summary says in one line what a task runs', () => {
  const line = (tool: string, parameters: Record<string, unknown>) => taskSummary({ tool, parameters });
  expect(line('shell:run', { command: 'ls -l' })).toBe('ls -l');
  expect(line('shell:run', { args: ['ls', '-l'] })).toBe('ls -l');
  expect(line('http:request', { url: 'https://a', method: 'POST' })).toBe('POST https://a');
  expect(line('http:request', { url: 'https://a' })).toBe('GET https://a');
  expect(line('files:list', { command: 'x' })).toBe('files:list');
});
