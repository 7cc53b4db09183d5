import { expect, it } from 'vitest';
import type { Criterion } from '../../../../main/contract/success.ts';
import { criterionWords, hasCriterion } from './doubts.ts';

const criterion: Criterion = { check: 'lacks-match', pattern: '^Error:', in: 'stdout' };

it('a task has a criterion whatever the order of its fields', () => {
  const same: Criterion = { in: 'stdout', pattern: '^Error:', check: 'lacks-match' };
  expect(hasCriterion({ policies: { success: [{ check: 'not-empty' }, same] } }, criterion)).toBe(true);
  expect(hasCriterion({ policies: { success: [{ ...same, in: 'stderr' }] } }, criterion)).toBe(false);
  expect(hasCriterion({}, criterion)).toBe(false);
});

it.each<[Criterion, string]>([
  [criterion, 'Output does not match ^Error:'],
  [
    { check: 'json', path: '$.success', is: 'lacks', value: false },
    'Value in JSON output $.success is not, if it exists: false',
  ],
  [{ check: 'not-empty' }, 'Output is not empty'],
])('%j is said in the words of the editor', (given, words) => {
  expect(criterionWords(given)).toBe(words);
});
