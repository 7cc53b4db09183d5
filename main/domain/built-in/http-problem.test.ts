import { expect, test } from 'vitest';
import { httpProblem } from './http-problem.ts';

const url = 'https://example.org/';

test.each([
  [{ url }],
  [{ url, method: 'post', body: 'x', headers: { 'X-A': 'café', Accept: '' } }],
  [{ url, method: 'GET', body: null }],
  [{ url: 'https://${secret:HOST}/', headers: { Authorization: 'Bearer ${secret:TOKEN}' } }],
  [{ url: 'HTTPS://example.org' }],
])('%j can be sent', (parameters) => {
  expect(httpProblem(parameters)).toBeNull();
});

test.each([
  [{ url, body: 'x' }, 'body', 'set "method" to POST'],
  [{ url, method: 'head', body: {} }, 'body', 'is not possible with HEAD'],
  [{ url: 'https://' }, 'url', 'must be a complete URL'],
  [{ url: 'http://exa mple' }, 'url', 'must be a complete URL'],
  [{ url, method: 'G E T' }, 'method', 'must be a word'],
  [{ url, method: 'trace' }, 'method', 'never sent'],
  [{ url, headers: { 'X A': '1' } }, 'headers', 'the name "X A"'],
  [{ url, headers: { 'X-A': 'a\nb' } }, 'headers', 'X-A with a line break'],
  [{ url, headers: { 'X-A': 'naïve – dash' } }, 'headers', 'outside Latin-1'],
])('%j can never be sent: "%s" %s', (parameters, parameter, problem) => {
  expect(httpProblem(parameters)).toMatchObject({ parameter, problem: expect.stringContaining(problem) as string });
});
