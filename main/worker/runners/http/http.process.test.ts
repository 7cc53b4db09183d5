import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runnerFixture } from '../../../testing/runner-fixture.ts';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const run = async (parameters: Record<string, unknown>, more: object = {}) => {
  const { start } = await runnerFixture();
  const started = start('http:request', parameters, more);
  return { result: await started.finished, log: started.log() };
};

describe('http:request', () => {
  it('logs status, headers and body, and returns them as the result', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(201, 'Made', { 'x-made': 'yes', 'set-cookie': 'session=secret' }).end('one\ntwo');
    });
    const { result, log } = await run({ url });
    expect(result).toMatchObject({ status: 'success', exitCode: null });
    expect(result.result).toMatchObject({
      status: 201,
      body: 'one\ntwo',
      bodyBytes: 7,
      bodyTruncated: false,
      headers: { 'x-made': 'yes' },
    });
    for (const line of [`sys GET ${url}/`, 'out 201 Made', 'out x-made: yes', 'out one', 'out two'])
      expect(log).toContain(` ${line}\n`);
    expect(log + JSON.stringify(result.result)).not.toContain('secret');
  });

  it('sends a user name and password of the URL as Basic authentication, and writes them nowhere', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(String(request.headers.authorization));
      response.end();
    });
    const withUser = url.replace('http://', 'http://bob:hunter2@');
    const { result, log } = await run({ url: withUser });
    expect(result.status).toBe('success');
    await run({ url: withUser, headers: { Authorization: 'Bearer own' } });
    expect(seen).toEqual([`Basic ${Buffer.from('bob:hunter2').toString('base64')}`, 'Bearer own']);
    const refused = await run({ url: 'http://bob:hunter2@127.0.0.1:1/' });
    expect(refused.result.error?.message).toMatch(/^GET http:\/\/127\.0\.0\.1:1\/ received no response/);
    expect(log + refused.log + JSON.stringify([result, refused.result])).not.toContain('hunter2');
  });

  it('sends method, headers and a body: text unchanged, anything else as JSON', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        seen.push(
          `${request.method} ${request.headers['content-type'] ?? ''} ${String(request.headers['x-a'])} ${body}`,
        );
        response.end();
      });
    });
    await run({ url, method: 'post', headers: { 'x-a': '1' }, body: { a: [1] } });
    await run({ url, method: 'PUT', headers: { 'x-a': '2', 'Content-Type': 'text/x' }, body: 'plain' });
    expect(seen).toEqual(['POST application/json 1 {"a":[1]}', 'PUT text/x 2 plain']);
  });

  it('fails for a status outside 200 to 299 or outside the expected ones', async () => {
    const url = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end('why'));
    expect((await run({ url: `${url}/500` })).result).toMatchObject({
      status: 'failure',
      error: { code: 'http/status' },
      result: { status: 500, body: 'why' },
    });
    expect((await run({ url: `${url}/404`, expectStatus: [200, 404] })).result).toMatchObject({ status: 'success' });
    const { result, log } = await run({ url: `${url}/200`, expectStatus: 204 });
    expect(result.error?.message).toBe('The server responded with 200; expected 204.');
    expect(log).toContain(' sys The server responded with 200; expected 204.');
  });

  it('says how long the server asks to wait, for the retry', async () => {
    const url = await serve((_request, response) => response.writeHead(503, { 'retry-after': '120' }).end());
    const { result, log } = await run({ url });
    expect(result).toMatchObject({ status: 'failure', result: { status: 503, retryAfterMs: 120_000 } });
    expect(result.error?.message).toContain('It asks to wait 2 min (Retry-After)');
    expect(log).toContain('It asks to wait 2 min');
  });

  it('follows redirects', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/there' }).end();
      else response.end('arrived');
    });
    expect((await run({ url })).result.result).toMatchObject({ status: 200, body: 'arrived' });
  });

  it('keeps the beginning of a large body in the result, and as much as fits in the log', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(99).concat('\n').repeat(10_000)));
    const { result, log } = await run({ url }, { outputLimitBytes: 100_000 });
    expect(result.result).toMatchObject({ bodyBytes: 1_000_000, bodyTruncated: true });
    expect((result.result as { body: string }).body).toHaveLength(64 * 1024);
    expect(log.length).toBeLessThanOrEqual(100_000);
  });
});

describe('http:request without a response', () => {
  it('reports a refused connection', async () => {
    const { result, log } = await run({ url: 'http://127.0.0.1:9/x' });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/no-answer' } });
    expect(result.error?.message).toMatch(/127\.0\.0\.1:9\/x received no response/);
    expect(log).toContain('received no response');
  });

  it('reports an unknown host', async () => {
    const { result } = await run({ url: 'http://nonesuch.invalid/' });
    expect(result.error?.message).toMatch(/ENOTFOUND|EAI_AGAIN/);
  });

  it('reports a response that is cut off, with the part received', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('partial\n');
      setTimeout(() => response.destroy(), 100);
    });
    const { result, log } = await run({ url });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/broken-answer' } });
    expect(log).toContain(' out partial\n');
  });

  it('ends a silent server at the time limit', async () => {
    const url = await serve(() => undefined);
    const { result } = await run({ url }, { timeoutMs: 500 });
    expect(result).toMatchObject({ status: 'timeout' });
    expect(result.error?.message).toContain('waiting for the response');
  });

  it.each([
    [{}, 'url'],
    [{ url: 'localhost/x' }, 'url'],
    [{ url: 'file:///etc/passwd' }, 'url'],
    [{ url: 'http://x/', method: 'G E T' }, 'method'],
    [{ url: 'http://x/', body: 'x' }, 'body'],
    [{ url: 'http://x/', headers: { a: 1 } }, 'headers'],
    [{ url: 'http://x/', expectStatus: 'ok' }, 'expectStatus'],
    [{ url: 'http://x/', verb: 'GET' }, 'verb'],
  ])('parameters %j: the message names "%s"', async (parameters, name) => {
    const { result } = await run(parameters);
    expect(result).toMatchObject({ status: 'failure', error: { code: 'execution/bad-parameters' } });
    expect(result.error?.message).toContain(`"${name}"`);
  });
});
