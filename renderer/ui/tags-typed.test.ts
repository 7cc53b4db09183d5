import { expect, test } from 'vitest';
import { withTags } from './tags-typed.ts';

test('commas separate tags, a leading # is dropped, and a tag is added once', () => {
  expect(withTags(['a'], ' b , #c,, a ')).toEqual(['a', 'b', 'c']);
  expect(withTags([], '#, ,')).toEqual([]);
  expect(withTags([], 'x'.repeat(60))[0]).toHaveLength(50);
});
