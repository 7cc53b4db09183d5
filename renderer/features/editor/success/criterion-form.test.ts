import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../../../main/contract/success.ts';
import { criterionFormOf, emptyCriterion, readCriterion } from './criterion-form.ts';

it.each<Criterion>([
  { check: 'contains', text: ' done ' },
  { check: 'lacks', text: 'ERROR', in: 'stderr' },
  { check: 'matches', pattern: '^ok$', in: 'stdout' },
  { check: 'lacks-match', pattern: '(?i)error' },
  { check: 'not-empty' },
  { check: 'empty', in: 'stderr' },
  { check: 'json', path: '$.a', is: 'exists' },
  { check: 'json', path: '$.a', is: 'equals', value: true },
  { check: 'json', path: '$.a', is: 'equals', value: 'true' },
  { check: 'json', path: '$.a', is: 'differs', value: 'failed' },
  { check: 'json', path: '$.a', is: 'lacks', value: false },
  { check: 'json', path: '$.a', is: 'empty' },
  { check: 'json', path: '$.a', is: 'equals', value: { b: [1] } },
  { check: 'json', path: '$.a', is: 'below', value: 1.5 },
  { check: 'file', path: '~/a b.tar' },
  { check: 'file', path: '~/a.tar', youngerThanMs: 5_400_000, minBytes: 0 },
])('%j can be edited without loss', (criterion) => {
  expect(readCriterion(criterionFormOf(criterion))).toEqual({ ok: true, value: criterion });
});

describe('what is missing is said', () => {
  it.each([
    [{ kind: 'lacks' as const }, 'Enter a text, for example ERROR.'],
    [{ kind: 'matches' as const }, 'Enter a regular expression, for example (?i)error.'],
    [{ kind: 'json' as const }, 'Enter a JSONPath, for example $.success.'],
    [{ kind: 'json' as const, path: '$.a' }, 'Enter a value, for example true.'],
    [{ kind: 'json' as const, path: '$.a', is: 'above' as const, value: 'x' }, 'Enter a number, for example 5.'],
    [{ kind: 'file' as const }, 'Enter the path of a file.'],
    [{ kind: 'file' as const, path: 'a', minBytes: '-1' }, 'Enter a whole number, 0 or more.'],
  ])('%j', (change, error) => {
    expect(readCriterion({ ...emptyCriterion, ...change })).toEqual({ ok: false, error });
  });
});
