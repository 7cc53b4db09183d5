import { expect, test } from 'vitest';
import { problemAt, syntaxProblem } from './json-problems.ts';

const deep = '['.repeat(200_000);

test('names the place of a syntax error', () => {
  expect(syntaxProblem('{\n  "a": 1,,\n}', '')).toMatchObject({ line: 2, column: 10 });
});

test('says that a document is nested too deep instead of failing itself', () => {
  expect(syntaxProblem(deep, 'Unexpected end')).toMatchObject({
    line: 1,
    column: 1001,
    reason: expect.stringContaining('deeper than 1000 levels') as string,
  });
});

test('names the value of a document that is nested too deep, without its place', () => {
  const text = `{"tasks": 1, "more": ${deep}${']'.repeat(200_000)}}`;
  expect(problemAt(text, ['tasks'], 'must be an object')).toEqual({
    line: 1,
    column: 1,
    reason: 'tasks: must be an object',
  });
});

test('does not count brackets in texts', () => {
  const text = `{"a": "\\"${'['.repeat(5000)}", "b": 1}`;
  expect(problemAt(text, ['b'], 'wrong')).toMatchObject({ line: 1, reason: 'b: wrong' });
});
