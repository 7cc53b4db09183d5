import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenAddress } from './listen-address.ts';
import { WebFixture } from '../testing/web-fixture.ts';

const open = { tls: false, proxy: false };

describe('--listen', () => {
  it.each([
    [undefined, { host: '127.0.0.1', port: 7377, orAnyPort: true }],
    ['127.0.0.1:0', { host: '127.0.0.1', port: 0, orAnyPort: false }],
    ['localhost:80', { host: 'localhost', port: 80, orAnyPort: false }],
    ['[::1]:8080', { host: '::1', port: 8080, orAnyPort: false }],
    ['/run/user/1/ncp.sock', { path: '/run/user/1/ncp.sock' }],
  ])('%s is an address of this machine', (text, address) => {
    expect(listenAddress(text, open)).toEqual(address);
  });

  it.each(['0.0.0.0:7377', '[::]:7377', '192.0.2.7:7377', 'scheduler.example.org:80', '127.0.0.1.example.org:80'])(
    '%s needs encryption, by the server or by a proxy',
    (text) => {
      expect(() => listenAddress(text, open)).toThrow(expect.objectContaining({ code: 'usage/unencrypted' }));
      for (const encryption of [
        { tls: true, proxy: false },
        { tls: false, proxy: true },
      ]) {
        expect(listenAddress(text, encryption)).toHaveProperty('host');
      }
    },
  );

  it.each([
    '',
    '7377',
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:99999',
    '127.0.0.1:x',
    '::1:80',
    '[127.0.0.1]:80',
    'a b:80',
  ])('%j is neither an address nor a socket', (text) => {
    expect(() => listenAddress(text, open)).toThrow(expect.objectContaining({ code: 'usage/invalid-value' }));
  });
});

it.each([
  [{ tlsCert: '/nowhere/cert.pem' }, 'usage/missing-option'],
  [{ tlsKey: '/nowhere/key.pem' }, 'usage/missing-option'],
  [{ tlsCert: '/nowhere/cert.pem', tlsKey: '/nowhere/key.pem' }, 'usage/unreadable-file'],
  [{ tlsCert: import.meta.filename, tlsKey: import.meta.filename }, 'usage/invalid-value'],
  [{ behindProxy: 'scheduler.example.org' }, 'usage/invalid-value'],
  [{ behindProxy: 'http://scheduler.example.org' }, 'usage/invalid-value'],
  [{ behindProxy: 'https://scheduler.example.org/path' }, 'usage/invalid-value'],
  [{ behindProxy: 'https://me:secret@scheduler.example.org' }, 'usage/invalid-value'],
  [{ listen: '0.0.0.0:0' }, 'usage/unencrypted'],
])('options that are wrong or unsafe are refused: %j', async (options, code) => {
  await expect(WebFixture.start(options)).rejects.toMatchObject({ code });
});

it('the usual address that is in use is named with who has it, and the window has another port', async () => {
  const other = createServer((socket) => socket.end('hello'));
  // If another program of this machine has it already, it is in use as well.
  const isOurs = await new Promise<boolean>((resolve) => {
    other.once('error', () => resolve(false));
    other.listen(7377, '127.0.0.1', () => resolve(true));
  });
  onTestFinished(() => void other.close());
  const web = await WebFixture.start({ listen: undefined });
  expect(web.port).not.toBe(7377);
  expect(web.reported.join()).toContain(`This window has port ${web.port}, and --listen chooses another.`);
  if (isOurs) expect(web.reported.join()).toContain('127.0.0.1:7377 is in use by another program.');
});

it('an address that is in use is refused by name, unless it was not asked for', async () => {
  const web = await WebFixture.start();
  const taken = new URL(web.origin).host;
  await expect(WebFixture.start({ listen: taken })).rejects.toMatchObject({
    code: 'web/address-in-use',
    message: `Another \`serve --web\` of NCP Scheduler already listens on ${taken}. Choose another address with --listen.`,
  });
});
