import { describe, expect, test } from 'vitest';
import { fillFromCurl } from './fill-from-curl.ts';
import { httpErrors } from './http-parameters.ts';

const unnamed = { name: ' ', timeout: '', retries: '' };

describe('a cURL command', () => {
  test('fills method, URL, headers and body, and the name of a task without one', () => {
    const command = `curl -X PUT https://example.org/report -H 'Content-Type: application/json' -d '{"done": true}'`;
    const fill = fillFromCurl(command, {}, unnamed);
    expect(fill).toEqual({
      parameters: {
        url: 'https://example.org/report',
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: '{"done": true}',
      },
      around: { name: 'example.org' },
      notes: [],
    });
    expect('parameters' in fill && httpErrors(fill.parameters)).toEqual({});
  });

  test('replaces the whole request, and keeps the codes that count as success', () => {
    const before = { url: 'https://old.test/', method: 'POST', body: 'old', headers: { A: '1' }, expectStatus: [204] };
    const fill = fillFromCurl('curl https://new.test/', { ...before, insecure: true }, { ...unnamed, name: 'Mine' });
    expect(fill).toEqual({
      parameters: { url: 'https://new.test/', expectStatus: [204] },
      around: {},
      notes: [],
    });
  });

  test('says what it sets elsewhere, and what it does not keep', () => {
    const command = 'curl -m 30 --retry 2 -d @body.json https://a.test/';
    expect(fillFromCurl(command, {}, { ...unnamed, name: 'Mine' })).toMatchObject({
      around: { timeout: '30s', retries: '2' },
      notes: [
        'A run is stopped after 30s now.',
        'A failed run is retried 2 times now.',
        expect.stringMatching(/the file body\.json is not read/),
      ],
    });
  });

  test('says that limits are not kept where there are none to set', () => {
    expect(fillFromCurl('curl -m 30 https://a.test/', {}, null)).toMatchObject({
      around: {},
      notes: ['The time limit (30s) is not kept.'],
    });
  });

  test('that is none changes nothing and says why', () => {
    expect(fillFromCurl('wget https://a.test/', {}, unnamed)).toEqual({
      problem: 'This is no cURL command: it must begin with curl.',
    });
    expect(fillFromCurl('curl https://a.test/ | jq .', {}, unnamed)).toMatchObject({
      problem: expect.stringMatching(/has \| in it.*shell:run/) as unknown,
    });
  });
});
