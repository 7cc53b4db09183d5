import { expect, test } from 'vitest';
import { withSentences } from './schedule-sentences.ts';

const differenceOf = (before: unknown, after: unknown, field = 'schedule') =>
  withSentences([{ id: 1, differences: [{ field, before, after }] }], '24h')[0]?.differences[0];

test('a schedule in a change has its sentence; what is absent or unknown has none', () => {
  const daily = { cronExpression: '0 9 * * *', timezone: 'Europe/Berlin' };
  expect(differenceOf(daily, null)?.sentences).toEqual({ before: 'Every day at 9:00', after: null });
  const broken = { cronExpression: 'of a newer version', timezone: 'Europe/Berlin' };
  expect(differenceOf({ cronExpression: 7 }, broken)?.sentences).toEqual({ before: null, after: null });
});

test('the schedule of the cleanup has its sentence too', () => {
  const sentences = { before: 'Every day at midnight', after: null };
  expect(differenceOf('0 0 * * *', 'soon', 'cleanupSchedule')?.sentences).toEqual(sentences);
});

test('other fields stay as they are', () => {
  expect(differenceOf('old', 'new', 'name')).toEqual({ field: 'name', before: 'old', after: 'new' });
});
