import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../testing/free-port.ts';
import { certificateFile } from '../testing/http-servers/http-servers.ts';
import { commandLineForTest, send, sendRaw, serveWindow, signIn } from './testing/served-window.ts';

const cert = certificateFile('trusted');
const key = cert.replace(/pem$/, 'key');

describe('serve --web with a certificate', () => {
  it('encrypts, and keeps the session where only an encrypted page can send it', async () => {
    const options = ['--listen', '127.0.0.1:0', '--tls-cert', cert, '--tls-key', key];
    const window = await serveWindow(commandLineForTest(), ...options);
    expect(window.origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const answer = await send(window, '/sign-in', { body: JSON.stringify({ token: window.token }) });
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-ncp-session-.+; Secure;/)]);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    // Without encryption, and with a version of TLS that is not safe any more.
    expect(await sendRaw(window.place, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')).not.toContain('200');
    await expect(send(window, '/', { maxVersion: 'TLSv1.1' })).rejects.toThrow();
    expect((await send(window, '/', { headers: { host: 'elsewhere.example' } })).status).toBe(421);
    expect((await send(window, '/', { maxVersion: 'TLSv1.2' })).status).toBe(200);
    expect(await window.stop()).toBe(0);
  });

  it('ends with an error if the key is that of another certificate', async () => {
    const options = ['--listen', '127.0.0.1:0', '--tls-cert', certificateFile('wrong-host'), '--tls-key', key];
    const run = await commandLineForTest().json('serve', '--web', '--no-open', ...options);
    expect(run).toMatchObject({ code: 2, answer: { error: { code: 'usage/invalid-value' } } });
  });
});

describe('serve --web for other machines', () => {
  it('refuses to listen for them without encryption', async () => {
    const run = await commandLineForTest().json('serve', '--web', '--no-open', '--listen', '0.0.0.0:0');
    expect(run).toMatchObject({ code: 2, answer: { error: { code: 'usage/unencrypted' } } });
  });

  it('is reached only under the name of the proxy that encrypts', async () => {
    const proxy = 'https://scheduler.example.org';
    const port = await freePort();
    const window = await serveWindow(commandLineForTest(), '--listen', `0.0.0.0:${port}`, '--behind-proxy', proxy);
    expect(window.origin).toBe(proxy);
    const get = (host: string) => sendRaw({ host: '127.0.0.1', port }, `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    expect(await get('scheduler.example.org')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await get('elsewhere.example')).toMatch(/^HTTP\/1\.1 421 /);
    expect(await window.stop()).toBe(0);
  });
});

describe.skipIf(process.platform === 'win32')('serve --web on a Unix socket', () => {
  it('lets in only the person, and removes the socket at its end', async () => {
    const cli = commandLineForTest();
    const path = join(cli.home, 'ncp.sock');
    const window = await serveWindow(cli, '--listen', path);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    const cookie = await signIn(window);
    const call = { body: '{}', headers: { cookie, 'x-window': 'window-01' } };
    expect(JSON.parse((await send(window, '/call/settings.get', call)).text)).toMatchObject({ ok: true });
    expect((await send(window, '/session', { headers: { cookie, host: 'evil.example' } })).status).toBe(421);
    expect(await window.stop()).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  it('never takes the place of a file', async () => {
    const cli = commandLineForTest();
    const path = join(cli.home, 'notes.sock');
    writeFileSync(path, 'mine');
    const run = await cli.json('serve', '--web', '--no-open', '--listen', path);
    expect(run).toMatchObject({ code: 2, answer: { error: { code: 'web/address-in-use' } } });
    expect(statSync(path).size).toBe(4);
  });
});
