import { expect, it } from 'vitest';
import { deepestLevel, isDeeperThan } from './json-depth.ts';
import { taskDraftSchema } from './task.ts';

const nested = (levels: number, innermost = '1'): unknown =>
  JSON.parse(`${'{"a":['.repeat(levels / 2)}${innermost}${']}'.repeat(levels / 2)}`);

it('counts the levels of objects and arrays, however deep and wide', () => {
  expect([0, 2, 100].map((levels) => isDeeperThan(nested(levels), 100))).toEqual([false, false, false]);
  expect([102, 20_000, 200_000].map((levels) => isDeeperThan(nested(levels), 100))).toEqual([true, true, true]);
  expect(isDeeperThan(Array(500_000).fill([1]), 2)).toBe(false);
  expect(isDeeperThan(Array(500_000).fill([1]), 1)).toBe(true);
});

it.each([102, 20_000])('parameters of %d levels are refused with the limit', (levels) => {
  const draft = { name: 'A', schedule: '@daily', tool: 'shell:run', parameters: nested(levels) };
  const { error } = taskDraftSchema.safeParse(draft);
  expect(error?.issues).toMatchObject([
    { path: ['parameters'], message: `must not be nested deeper than ${deepestLevel} levels` },
  ]);
  expect(taskDraftSchema.safeParse({ ...draft, parameters: nested(deepestLevel) }).success).toBe(true);
});
