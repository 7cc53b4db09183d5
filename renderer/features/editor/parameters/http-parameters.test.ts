import { describe, expect, test } from 'vitest';
import { fitsSchema } from '../../../../main/contract/built-in/parameters-schema.ts';
import { httpRequest } from '../../../../main/contract/built-in/http-request.ts';
import {
  bodyKindOf,
  bodyText,
  codesText,
  headerRows,
  httpErrors,
  readCodes,
  withBody,
  withBodyKind,
  withHeaders,
} from './http-parameters.ts';

const request = { url: 'https://example.org' };

describe('headers', () => {
  test('are rows; a row without a name is none', () => {
    const changed = withHeaders(request, [
      ['Accept', 'text/plain'],
      ['', 'x'],
      [' X-A ', '1'],
    ]);
    expect(changed).toEqual({ ...request, headers: { Accept: 'text/plain', 'X-A': '1' } });
    expect(headerRows(changed)).toEqual([
      ['Accept', 'text/plain'],
      ['X-A', '1'],
    ]);
    expect(withHeaders(changed, [])).toEqual(request);
  });
});

describe('the body', () => {
  test('gets the Content-Type of its kind, and a method that has a body', () => {
    const json = withBody(withBodyKind(request, 'json'), 'json', '{"a": 1}');
    expect(json).toEqual({
      ...{ ...request, method: 'POST', body: '{"a": 1}' },
      headers: { 'Content-Type': 'application/json' },
    });
    expect(bodyKindOf(json)).toBe('json');
    expect(withBodyKind({ ...json, method: 'PUT' }, 'text')).toEqual({ ...request, method: 'PUT', body: '{"a": 1}' });
    expect(bodyKindOf(withBodyKind(json, 'none'))).toBe('none');
  });

  test('of a form is encoded, except for variables', () => {
    const form = withBody(withBodyKind(request, 'form'), 'form', 'a=1 & 2\n\nkey=${secret:KEY}');
    expect(form).toMatchObject({ body: 'a=1%20%26%202&key=${secret:KEY}' });
    expect(bodyText(form)).toBe('a=1 & 2\nkey=${secret:KEY}');
  });

  test('that is no text is shown as JSON', () => {
    expect(bodyKindOf({ ...request, body: { a: 1 } })).toBe('json');
    expect(bodyText({ ...request, body: { a: 1 } })).toBe('{\n  "a": 1\n}');
  });

  test.each(['json', 'form', 'text', 'none'] as const)('of the kind %s fits what the tool takes', (kind) => {
    expect(fitsSchema(httpRequest.inputSchema, withBody(withBodyKind(request, kind), kind, 'a=b'))).toBe(true);
  });
});

describe('errors', () => {
  test.each([
    [{}, 'url', /Enter the address/],
    [{ url: 'example.org' }, 'url', /must begin with/],
    [{ ...request, expectStatus: '2xx' }, 'expectStatus', /200, 204/],
    [{ ...request, expectStatus: [200, 999] }, 'expectStatus', /100 to 599/],
    [{ ...request, body: '{a', headers: { 'content-type': 'application/json' } }, 'body', /not valid JSON/],
  ] as const)('of %j are at the field %s', (parameters, field, message) => {
    expect(Object.keys(httpErrors(parameters))).toEqual([field]);
    expect(httpErrors(parameters)[field]).toMatch(message);
  });

  test.each([
    request,
    { url: '${env:BASE}/health' },
    { ...request, expectStatus: [200, 204] },
    { ...request, expectStatus: 204 },
    { ...request, body: '{"a": ${secret:A}}', headers: { 'Content-Type': 'application/json' } },
  ])('none for %j', (parameters) => expect(httpErrors(parameters)).toEqual({}));
});

test('codes are read as they are written', () => {
  expect(readCodes('200, 204 301')).toEqual([200, 204, 301]);
  expect(readCodes(' ')).toBeUndefined();
  expect(readCodes('2xx')).toBe('2xx');
  expect([codesText([200, 204]), codesText(204), codesText(undefined), codesText('2xx')]).toEqual([
    ...['200, 204', '204', '', '2xx'],
  ]);
});
