import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ownOrigins } from './address/own-origins.ts';
import { nightly, WebFixture } from './testing/web-fixture.ts';

const refusal = (code: string) => ({ ok: false, error: { code } });

describe('a page of another site', () => {
  it.each(['evil.example', 'evil.example:7377', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'])(
    'cannot reach the server under the name %j',
    async (host) => {
      const web = await WebFixture.start();
      for (const path of ['/', '/session', '/events?window=window-01']) {
        const { status } = await web.ask(path, { headers: { host } });
        expect([400, 421]).toContain(status);
      }
    },
  );

  it.each(['https://evil.example', 'http://localhost:1', 'http://127.0.0.1:1', 'null', 'file://'])(
    'cannot call from %s, even with the cookie',
    async (origin) => {
      const web = await WebFixture.start();
      const cookie = await web.signIn();
      const call = await web.call('tasks.create', nightly, cookie, { origin });
      expect(call).toMatchObject({ status: 403, json: refusal('web/wrong-origin') });
      const events = await web.ask('/events?window=window-01', { cookie, headers: { origin } });
      expect(events).toMatchObject({ status: 403, json: refusal('web/wrong-origin') });
      const signIn = { method: 'POST', body: JSON.stringify({ token: web.startToken }), headers: { origin } };
      expect(await web.ask('/sign-in', signIn)).toMatchObject({ status: 403 });
      expect(web.application.store.read().tasks).toEqual({});
    },
  );

  it.each(['same-site', 'cross-site'])('cannot read or listen with a request that is %s', async (site) => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const headers = { 'sec-fetch-site': site };
    for (const path of ['/events?window=window-01', '/session', '/downloads/1?window=window-01']) {
      expect(await web.ask(path, { cookie, headers })).toMatchObject({ status: 403 });
    }
    // A link to the window works: its page holds no data.
    expect((await web.ask('/', { headers })).status).toBe(200);
  });

  it('cannot post a form', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', '']) {
      const call = await web.call('tasks.create', nightly, cookie, { 'content-type': type });
      expect(call).toMatchObject({ status: 415, json: refusal('web/wrong-type') });
    }
  });

  it('cannot post without saying where it is from', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    expect(
      await web.ask('/call/tasks.create', { method: 'POST', body: '{}', cookie, withoutOrigin: true }),
    ).toMatchObject({
      status: 403,
    });
  });

  it.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE'])(
    'gets no answer to %s that would allow more',
    async (method) => {
      const web = await WebFixture.start();
      const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
      const answer = await web.ask('/call/tasks.create', { method, headers });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );
});

// For scheduler.example.org, localhost and 192.0.2.7, valid for a hundred years.
const certificate = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBzTCCAXKgAwIBAgIUf9qbsMduY2qTTLe+2Yy6lqINZ6IwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVc2NoZWR1bGVyLmV4YW1wbGUub3JnMCAXDTI2MTEyODIxMzc1
OFoYDzIxMjYxMTA0MjEzNzU4WjAgMR4wHAYDVQQDDBVzY2hlZHVsZXIuZXhhbXBs
ZS5vcmcwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQxt/LzlvnVOHunkfwJExMF
AMRFP6BtAQ7ZiKt6ZcBUSv5NONV8vXLq4B80R9hSGc3qUMeewiUFbDuvkC9Y4Npw
o4GHMIGEMB0GA1UdDgQWBBTmyvP7ERlg1lFl3RewvAUe+HMSczAfBgNVHSMEGDAW
gBTmyvP7ERlg1lFl3RewvAUe+HMSczAPBgNVHRMBAf8EBTADAQH/MDEGA1UdEQQq
MCiCFXNjaGVkdWxlci5leGFtcGxlLm9yZ4IJbG9jYWxob3N0hwTAAAIHMAoGCCqG
SM49BAMCA0kAMEYCIQDs/NOEtfyeVld6ueEMFQ5Vvqho42p0SkpC4xvTCX8zFgIh
AJY37T7GdVlazf96niS/OvPkxRuy9DTQqGEE5sBmYPt8
-----END CERTIFICATE-----`);
const proxy = new URL('https://scheduler.example.org');

describe('the origins of the server', () => {
  it.each([
    ['127.0.0.1:7377', ['http://127.0.0.1:7377']],
    ['localhost:8000', ['http://localhost:8000']],
    ['LOCALHOST:8000', ['http://localhost:8000']],
    ['[::1]:7377', ['http://[::1]:7377']],
    ['scheduler.example.org', null],
    ['localhost:7377@evil.example', null],
    ['evil.example/127.0.0.1', null],
    ['127.0.0.1 ', null],
    ['', null],
    [undefined, null],
  ])('for the Host %s', (host, origins) => {
    expect(ownOrigins(host, { certificate: null, proxy: null })).toEqual(origins);
  });

  it.each([
    ['scheduler.example.org', ['https://scheduler.example.org']],
    // nginx passes on the address of the server by default.
    ['127.0.0.1:7377', ['http://127.0.0.1:7377', 'https://scheduler.example.org']],
    ['scheduler.example.org:8443', null],
    ['evil.example', null],
  ])('behind a proxy, for the Host %s', (host, origins) => {
    expect(ownOrigins(host, { certificate: null, proxy })).toEqual(origins);
  });

  it.each([
    ['scheduler.example.org:7377', ['https://scheduler.example.org:7377']],
    ['192.0.2.7:7377', ['https://192.0.2.7:7377']],
    ['localhost:7377', ['https://localhost:7377']],
    ['evil.example:7377', null],
  ])('with a certificate, for the Host %s', (host, origins) => {
    expect(ownOrigins(host, { certificate, proxy: null })).toEqual(origins);
  });
});
