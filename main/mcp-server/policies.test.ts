import { expect, it, test } from 'vitest';
import { policiesSchema } from '../contract/task.ts';
import { changedPolicies, mergedPolicies, newPolicies } from './policies.ts';

const stored = { timeoutMs: 60_000, retries: { count: 2, delayMs: 5 }, overlap: 'skip' as const };

test.each([
  [{ memoryMb: 100 }, { ...stored, memoryMb: 100 }],
  [{ timeoutMs: null }, { retries: stored.retries, overlap: 'skip' }],
  [{ retries: { delayMs: 9 } }, { ...stored, retries: { count: 2, delayMs: 9 } }],
  [{ retries: { delayMs: null } }, { ...stored, retries: { count: 2 } }],
  [{ retries: null }, { timeoutMs: 60_000, overlap: 'skip' }],
  [null, null],
])('a change to %j keeps the policies that it does not name', (given, merged) => {
  expect(mergedPolicies(stored, changedPolicies.parse(given))).toEqual(merged);
});

it('every policy of a task can be set, and no other', () => {
  const known = Object.keys(policiesSchema.shape).sort();
  expect(Object.keys(newPolicies.shape).sort()).toEqual(known);
  expect(Object.keys(changedPolicies.unwrap().shape).sort()).toEqual(known);
  expect(newPolicies.safeParse({ timeout: 60 }).success).toBe(false);
});

it('each policy and its fields say what they mean', () => {
  for (const [name, field] of Object.entries(newPolicies.shape)) {
    if (name !== 'success')
      expect({ name, said: field.description }).toEqual({ name, said: expect.stringMatching(/\.$/) as string });
  }
});
