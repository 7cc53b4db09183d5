import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { certificateFile, serveHttp, serveHttps, serveProxy } from '../../../testing/http-servers/http-servers.ts';
import { runnerFixture } from '../../../testing/runner-fixture.ts';

async function run(parameters: Record<string, unknown>, env: Record<string, string> = {}) {
  const { start, dir } = await runnerFixture();
  copyFileSync(certificateFile('ca'), join(dir, 'ca.pem'));
  writeFileSync(join(dir, 'empty.pem'), 'nothing\n');
  const started = start('http:request', parameters, { env: { HOME: dir, ...env } });
  const result = await started.finished;
  return { result, log: started.log(), message: result.error?.message ?? '' };
}

const answer = () => serveHttp((request, response) => response.end(`${request.method} ${request.headers.host}`));
const elsewhere = (url: string, scheme = 'http') => `${scheme}://elsewhere.invalid:${new URL(url).port}/path`;

describe('a proxy', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])('of %s forwards http, and the log names it', async (variable) => {
    const proxy = await serveProxy();
    const url = elsewhere(await answer());
    const { result, log } = await run({ url }, { [variable]: proxy.url });
    expect(result).toMatchObject({ status: 'success', result: { body: `GET ${new URL(url).host}` } });
    expect(proxy.seen).toEqual([`GET ${url}`]);
    expect(log).toContain(` sys Through the proxy ${proxy.url} (${variable})\n`);
  });

  it.each(['HTTPS_PROXY', 'https_proxy'])('of %s tunnels https, without seeing the path', async (variable) => {
    const proxy = await serveProxy();
    const url = elsewhere(await serveHttps((_request, response) => response.end('secure'), 'wrong-host'), 'https');
    const { result } = await run({ url, insecure: true }, { [variable]: proxy.url });
    expect(result).toMatchObject({ status: 'success', result: { body: 'secure' } });
    expect(proxy.seen).toEqual([`CONNECT ${new URL(url).host}`]);
  });

  it('checks certificates through a tunnel', async () => {
    const proxy = await serveProxy();
    const url = elsewhere(await serveHttps((_request, response) => response.end(), 'wrong-host'), 'https');
    const { message } = await run({ url, caFile: 'ca.pem' }, { HTTPS_PROXY: proxy.url });
    expect(message).toContain('is for another host than elsewhere.invalid');
  });

  it('is not used for hosts in NO_PROXY, nor with "proxy": "none"', async () => {
    const proxy = await serveProxy();
    const url = elsewhere(await answer());
    const left = await run({ url }, { HTTP_PROXY: proxy.url, NO_PROXY: '.invalid' });
    const none = await run({ url, proxy: 'none' }, { HTTP_PROXY: proxy.url });
    for (const { message } of [left, none]) expect(message).toMatch(/host name (was not found|could not be looked up)/);
    expect(proxy.seen).toEqual([]);
  });

  it('of the task gets its user name and password, which are written nowhere', async () => {
    const proxy = await serveProxy('bob:hunter2');
    const url = await answer();
    const withUser = proxy.url.replace('//', '//bob:hunter2@');
    const { result, log } = await run({ url, proxy: withUser });
    expect(result.status).toBe('success');
    expect(proxy.seen).toEqual([`GET ${url}/`]);
    expect(log + JSON.stringify(result)).not.toContain('hunter2');
  });

  it.each(['http', 'https'])('that wants a password is named (%s)', async (scheme) => {
    const proxy = await serveProxy('bob:hunter2');
    const { result, message } = await run({ url: elsewhere(await answer(), scheme), proxy: proxy.url });
    expect(result.error?.code).toBe('http/no-answer');
    expect(message).toContain(`through the proxy ${proxy.url} (the parameter "proxy")`);
    expect(message).toContain('wants a user name and password (407)');
  });

  it('that is not running is named', async () => {
    const { message } = await run({ url: 'http://elsewhere.invalid/' }, { HTTP_PROXY: 'http://127.0.0.1:9' });
    expect(message).toContain('http://127.0.0.1:9 (HTTP_PROXY): the proxy refused the connection');
  });

  it('of a kind that is not supported ends the run', async () => {
    const { result } = await run({ url: 'http://elsewhere.invalid/' }, { HTTP_PROXY: 'socks5://127.0.0.1:9' });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'execution/bad-proxy' } });
  });

  it('keeps secrets of a redirect from another origin, too', async () => {
    const proxy = await serveProxy();
    const seen: string[] = [];
    const target = await serveHttp((request, response) => {
      seen.push(`${request.url} ${String(request.headers['x-key'])} ${String(request.headers['proxy-authorization'])}`);
      if (request.url !== '/path') return void response.end();
      response.writeHead(302, { location: elsewhere(target).replace('elsewhere', 'third') + '/end' }).end();
    });
    const { result } = await run({ url: elsewhere(target), headers: { 'x-key': 'k' } }, { HTTP_PROXY: proxy.url });
    expect(result.status).toBe('success');
    expect(seen).toEqual(['/path k undefined', '/path/end undefined undefined']);
  });
});

describe('certificates', () => {
  const secure = () => serveHttps((_request, response) => response.end('secure'), 'trusted');

  it('of a private authority are trusted if the task names its file', async () => {
    const { result } = await run({ url: await secure(), caFile: '~/ca.pem' });
    expect(result).toMatchObject({ status: 'success', result: { body: 'secure' } });
  });

  it.each(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])(
    'of a private authority are trusted if %s names its file',
    async (name) => {
      const { result } = await run({ url: await secure() }, { [name]: certificateFile('ca') });
      expect(result.status).toBe('success');
    },
  );

  it('of a variable that names no usable file are ignored, and the log says so', async () => {
    const { result, log } = await run({ url: await secure() }, { NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' });
    expect(log).toContain('NODE_EXTRA_CA_CERTS was ignored: /nowhere/ca.pem does not exist.');
    expect(result.error?.message).toContain('set "caFile" to it');
  });

  it.each([
    ['missing.pem', 'does not exist'],
    ['.', 'is not a file'],
    ['empty.pem', 'holds no certificate'],
  ])('of the file %s end the run before anything is sent', async (caFile, reason) => {
    const { result, message } = await run({ url: await secure(), caFile });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'execution/bad-ca-file' } });
    expect(message).toContain(reason);
  });

  it.each([
    ['self-signed', 'is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT). If you know this server, save its certificate'],
    ['trusted', 'is unknown, or the server does not send the certificates between'],
    ['expired', 'has expired (CERT_HAS_EXPIRED)'],
    ['wrong-host', 'is for another host than localhost'],
  ] as const)('that are %s end the run with advice, and are accepted with "insecure"', async (name, advice) => {
    const url = await serveHttps((_request, response) => response.end('secure'), name);
    const known = name === 'expired' || name === 'wrong-host' ? { caFile: 'ca.pem' } : {};
    const refused = await run({ url, ...known });
    expect(refused.result).toMatchObject({ status: 'failure', error: { code: 'http/no-answer' } });
    expect(refused.message).toContain(advice);
    const { result, log } = await run({ url, insecure: true });
    expect(result.status).toBe('success');
    expect(log).toContain('sys Certificates are not checked ("insecure")');
  });
});

describe('a wrong port', () => {
  it('https to a port of http is explained', async () => {
    const { message } = await run({ url: (await answer()).replace('http:', 'https:') });
    expect(message).toMatch(/does not answer with TLS, so it is probably plain http\. .*begin the address with http:/);
    expect(message).not.toContain('openssl');
  });
});
