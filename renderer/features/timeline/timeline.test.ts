import { expect, test } from 'vitest';
import { sampleExecution } from '../../testing/samples.ts';
import { followersOf, markOfExecution, markOfMissed, mergeMarks } from './marks.ts';
import { createScale, ticksOf } from './scale.ts';

const now = Date.parse('2026-11-25T12:00:00.000Z');
const mark = (from: number, tone: 'good' | 'bad' = 'good') => ({
  from,
  to: from + 10,
  tone,
  label: `${tone} ${from}`,
  count: 1,
  executionId: `run-${from}`,
});

test('close marks of one tone are merged, others are not', () => {
  const merged = mergeMarks([mark(0), mark(12), mark(100), mark(14, 'bad')], 5);
  expect(merged.map(({ from, to, tone, count, executionId }) => [from, to, tone, count, executionId])).toEqual([
    [0, 22, 'good', 2, null],
    [100, 110, 'good', 1, 'run-100'],
    [14, 24, 'bad', 1, 'run-14'],
  ]);
});

test('the mark of a running execution ends now', () => {
  const running = sampleExecution({ status: 'running', duration: null, startedAt: '2026-11-25T11:00:00.000Z' });
  expect(markOfExecution(running, now)).toMatchObject({ to: now, tone: 'running' });
});

test('the mark of a doubtful run is neither good nor bad, and says so', () => {
  const doubt = { sign: 'empty', message: 'm', line: null, criterion: { check: 'not-empty' } } as const;
  expect(markOfExecution(sampleExecution({ doubt }), now)).toMatchObject({
    tone: 'doubtful',
    label: expect.stringContaining('Doubtful') as unknown,
  });
});

test('a run says which run led to it, and what it led to', () => {
  const first = sampleExecution({ executionId: 'first' });
  const cause = { executionId: 'first', taskId: 'task-1', taskName: 'Dump the database' };
  const second = sampleExecution({ executionId: 'second', taskName: 'Upload the dump', cause });
  const followers = followersOf([second, first, second]);
  const lead = markOfExecution(first, now, followers.get('first'));
  expect(lead).toMatchObject({ link: 'leads', label: expect.stringMatching(/\nLed to: Upload the dump$/) as unknown });
  const follow = markOfExecution(second, now, followers.get('second'));
  expect(follow).toMatchObject({
    link: 'follows',
    label: expect.stringMatching(/\nRan after Dump the database$/) as unknown,
  });
  expect(
    mergeMarks(
      [
        { ...lead, from: 0, to: 5 },
        { ...follow, from: 6, to: 9 },
      ],
      5,
    )[0]?.link,
  ).toBe('both');
  expect(markOfExecution(sampleExecution({}), now).link).toBeUndefined();
});

test('a slot that did not run says why', () => {
  const record = {
    taskId: 'a',
    slot: '2026-11-25T09:00:00.000Z',
    state: 'skipped' as const,
    reason: 'overlap' as const,
    detail: null,
    executionId: null,
    recordedAt: null,
  };
  expect(markOfMissed(record, 'Copy', now).label).toMatch(/Copy did not run .*had not finished/);
  expect(markOfMissed({ ...record, reason: null, state: 'unaccounted' }, 'Copy', now).label).toMatch(/probably off/);
});

test('marks of slots that did not run lead to a slot; merged ones to the latest', () => {
  const record = (slot: string) => ({
    ...{ taskId: 'a', slot, state: 'skipped' as const, reason: 'missed' as const, detail: null },
    ...{ executionId: null, recordedAt: null },
  });
  const slots = ['2026-11-25T09:00:00.000Z', '2026-11-25T10:00:00.000Z'];
  const merged = mergeMarks(
    slots.map((slot) => markOfMissed(record(slot), 'Copy', now)),
    3_600_000,
  );
  expect(merged).toMatchObject([{ count: 2, notRun: { taskId: 'a', slot: slots[1] } }]);
});

test('the view shows as many days as the zoom says', () => {
  const scale = createScale(now, 'three', 900);
  expect(scale.x(now + 86_400_000) - scale.x(now)).toBeCloseTo(300);
  expect(scale.x(scale.from)).toBe(0);
  expect(ticksOf(scale, 'week', 40)).toHaveLength(15);
});

test.each([
  ['day', 1200, 40, 23],
  ['day', 1200, 60, 11],
  ['day', 400, 60, 5],
  ['three', 1200, 40, 7],
  ['three', 900, 40, 3],
  ['three', 300, 40, 1],
  ['three', 100, 40, 0],
  ['week', 1200, 40, 0],
] as const)('the zoom %s in %d px has room for labels of %d px at %d hours of a day', (zoom, width, labelPx, hours) => {
  const scale = createScale(now, zoom, width);
  const ticks = ticksOf(scale, zoom, labelPx);
  expect(ticks.filter(({ isDay }) => !isDay)).toHaveLength(hours * 15);
  const places = ticks.filter(({ isDay }) => !isDay).map(({ at }) => scale.x(at));
  for (const [index, left] of places.slice(1).entries())
    expect(left - (places[index] ?? 0)).toBeGreaterThanOrEqual(labelPx);
});

test('no label is cut at the end of its day', () => {
  const scale = createScale(now, 'day', 1200);
  const ticks = ticksOf(scale, 'day', 90);
  for (const { at } of ticks.filter(({ isDay }) => !isDay)) {
    const nextDay = ticks.find((tick) => tick.isDay && tick.at > at)?.at ?? scale.until;
    expect(scale.x(nextDay) - scale.x(at)).toBeGreaterThanOrEqual(90);
  }
});
