import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runnerFixture } from '../../../testing/runner-fixture.ts';

interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An origin of its own, which redirects `/STATUS/…` to what follows, and answers everything else. */
async function origin(): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        line: `${request.method} ${request.url}`,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      const [, status, location] = /^\/(\d{3})\/(.*)$/.exec(request.url ?? '') ?? [];
      if (status === undefined) response.end('arrived');
      else
        response
          .writeHead(Number(status), location === '' ? {} : { location: decodeURIComponent(location ?? '') })
          .end('moved');
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const via = (from: string, status: number, to: string): string => `${from}/${status}/${encodeURIComponent(to)}`;

const run = async (parameters: Record<string, unknown>) => {
  const { start } = await runnerFixture();
  const started = start('http:request', parameters);
  return { result: await started.finished, log: started.log() };
};

const secret = 'only-for-the-first-server';
const headers = {
  'X-Api-Key': secret,
  'private-token': secret,
  AUTHORIZATION: `Bearer ${secret}`,
  Cookie: `session=${secret}`,
  'Content-Language': secret,
  ACCEPT: 'text/x',
  'user-agent': 'mine',
};

describe('http:request, redirected to another origin', () => {
  it.each([301, 302, 303, 307, 308])('%i: sends no header of the task but the harmless ones', async (status) => {
    const [a, b] = [await origin(), await origin()];
    const { result, log } = await run({ url: via(a.url, status, `${b.url}/there`), headers });
    expect(result).toMatchObject({ status: 'success', result: { body: 'arrived' } });
    expect(JSON.stringify(a.seen)).toContain(secret);
    expect(b.seen).toMatchObject([{ line: 'GET /there', headers: { accept: 'text/x', 'user-agent': 'mine' } }]);
    expect(JSON.stringify(b.seen)).not.toContain(secret);
    expect(log).toContain(
      `sys Redirected with ${status}: GET ${b.url}/there without X-Api-Key, private-token, AUTHORIZATION`,
    );
    expect(log).toContain('(another origin)');
  });

  it.each([307, 308])('%i: refuses to send the body there, and names both origins', async (status) => {
    const [a, b] = [await origin(), await origin()];
    const { result, log } = await run({
      url: via(a.url, status, b.url),
      method: 'POST',
      body: { password: secret },
      headers,
    });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/redirect-refused' } });
    for (const part of [a.url, b.url, String(status), 'set "url"']) expect(result.error?.message).toContain(part);
    expect(log).toContain('The body was not sent there');
    expect(b.seen).toEqual([]);
  });

  it.each([
    [301, 'POST'],
    [302, 'POST'],
    [303, 'POST'],
    [303, 'PUT'],
  ])('%i: turns %s into GET without its body if the task allows it', async (status, method) => {
    const [a, b] = [await origin(), await origin()];
    const url = via(a.url, status, `${b.url}/there`);
    const { result } = await run({ url, method, body: { password: secret }, headers, redirect: 'follow-as-get' });
    expect(result.status).toBe('success');
    expect(a.seen).toMatchObject([{ body: `{"password":"${secret}"}` }]);
    expect(b.seen).toMatchObject([{ line: 'GET /there', body: '' }]);
    expect(JSON.stringify(b.seen)).not.toMatch(new RegExp(`${secret}|content-type`));
  });

  it.each([301, 302])('%i: refuses PUT, which keeps its body', async (status) => {
    const [a, b] = [await origin(), await origin()];
    const { result } = await run({ url: via(a.url, status, b.url), method: 'PUT', body: secret });
    expect(result.error?.code).toBe('http/redirect-refused');
    expect(b.seen).toEqual([]);
  });

  it('does not send the headers again when a later redirect leads back', async () => {
    const [a, b] = [await origin(), await origin()];
    const { result } = await run({ url: via(a.url, 302, via(b.url, 302, `${a.url}/back`)), headers });
    expect(result.status).toBe('success');
    expect(a.seen.map(({ line }) => line).at(-1)).toBe('GET /back');
    expect(JSON.stringify([a.seen.at(-1), b.seen])).not.toContain(secret);
  });

  it.each([307, 302])('%i: does not send the user name and password of the address there', async (status) => {
    const [a, b] = [await origin(), await origin()];
    const url = via(a.url, status, `${b.url}/there`).replace('http://', 'http://bob:hunter2@');
    const { result, log } = await run({ url });
    expect(result.status).toBe('success');
    expect(a.seen[0]?.headers.authorization).toMatch(/^Basic /);
    expect(b.seen[0]?.headers.authorization).toBeUndefined();
    expect(log).not.toContain('hunter2');
  });

  it('counts another name of the same machine as another origin', async () => {
    const a = await origin();
    const { result } = await run({ url: via(a.url, 302, `${a.url.replace('127.0.0.1', 'localhost')}/x`), headers });
    expect(result.status).toBe('success');
    expect(JSON.stringify(a.seen.at(-1))).not.toContain(secret);
  });
});

describe('http:request, redirected within an origin', () => {
  it.each([307, 308])('%i: keeps method, headers and body', async (status) => {
    const a = await origin();
    const { result } = await run({ url: via(a.url, status, '/there'), method: 'POST', body: 'text', headers });
    expect(result.status).toBe('success');
    expect(a.seen.at(-1)).toMatchObject({ line: 'POST /there', body: 'text', headers: { 'x-api-key': secret } });
  });

  it.each([
    [301, 'POST', 'GET /there', 'follow-as-get'],
    [302, 'POST', 'GET /there', 'follow-as-get'],
    [303, 'POST', 'GET /there', 'follow'],
    [303, 'DELETE', 'GET /there', 'follow'],
    [303, 'HEAD', 'HEAD /there', 'follow'],
    [301, 'DELETE', 'DELETE /there', 'follow'],
  ])('%i after %s continues with %s, and keeps the headers', async (status, method, line, redirect) => {
    const a = await origin();
    const { result } = await run({ url: via(a.url, status, '/there'), method, headers, redirect });
    expect(result.status).toBe('success');
    expect(a.seen.at(-1)).toMatchObject({ line, headers: { 'x-api-key': secret } });
  });

  it.each([
    [301, 'POST', 'text'],
    [302, 'POST', 'text'],
    [303, 'POST', 'text'],
    [303, 'PUT', { a: 1 }],
    [303, 'DELETE', 'text'],
    [301, 'POST', undefined],
    [302, 'POST', undefined],
  ])('%i after %s with the body %j fails instead of sending GET', async (status, method, body) => {
    const a = await origin();
    const url = via(a.url, status, '/there?token=t0ken');
    const { result, log } = await run({ url, method, headers, ...(body !== undefined && { body }) });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/redirect-changes-method' } });
    for (const part of [`${a.url}/there`, method, String(status), 'set "url"', '"follow-as-get"'])
      expect(result.error?.message).toContain(part);
    expect(result.error?.message).not.toContain('t0ken');
    expect(log).toContain('would turn');
    expect(a.seen).toHaveLength(1);
  });

  it('logs each step and the final address, which the result has too', async () => {
    const a = await origin();
    const second = via(a.url, 307, '/there');
    const { result, log } = await run({ url: via(a.url, 302, second) });
    const steps = [`Redirected with 302: GET ${second}`, `Redirected with 307: GET ${a.url}/there`];
    for (const line of [...steps, `The response is from ${a.url}/there`]) expect(log).toContain(` sys ${line}\n`);
    expect(result.result).toMatchObject({ status: 200, url: `${a.url}/there` });
  });

  it('returns the redirect itself with "redirect": "none"', async () => {
    const a = await origin();
    const url = via(a.url, 302, '/there');
    const { result } = await run({ url, method: 'POST', body: 'text', redirect: 'none' });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/status' }, result: { status: 302 } });
    expect(result.error?.message).toContain('It redirects to /there');
    const expected = await run({ url, redirect: 'none', expectStatus: 302 });
    expect(expected.result).toMatchObject({ status: 'success', result: { status: 302, body: 'moved' } });
    expect(a.seen).toHaveLength(2);
  });

  it('ends a loop after 20 redirects', async () => {
    const a = await origin();
    const { result, log } = await run({ url: `${a.url}/302/%23again`, headers });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/too-many-redirects' } });
    expect(result.error?.message).toContain('more than 20 times');
    expect(a.seen).toHaveLength(21);
    expect(log.match(/Redirected with 302/g)).toHaveLength(20);
  });

  it('returns a redirect without an address as the response', async () => {
    const a = await origin();
    const { result } = await run({ url: `${a.url}/302/`, expectStatus: 302 });
    expect(result).toMatchObject({ status: 'success', result: { status: 302, body: 'moved' } });
  });

  it.each([
    ['ftp://127.0.0.1/x', 'of the kind "ftp:"'],
    ['http://kim:pw@127.0.0.1:9/', 'with a user name or password'],
    ['http://[/', 'not a URL'],
  ])('refuses to follow %s', async (location, reason) => {
    const a = await origin();
    const { result } = await run({ url: via(a.url, 302, location) });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/redirect-refused' } });
    expect(result.error?.message).toContain(reason);
    expect(result.error?.message).not.toContain('pw');
  });
});
