import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, expect, test } from 'vitest';
import { accessStatus } from './access-status.ts';

async function server(status: number, headers: Readonly<Record<string, string>> = {}) {
  const seen: string[] = [];
  const running = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
    response.writeHead(status, headers).flushHeaders();
    // A stream that does not end by itself.
    if (headers['content-type'] !== 'text/event-stream') response.end();
  });
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => running.close().closeAllConnections());
  return { address: `127.0.0.1:${(running.address() as AddressInfo).port}`, seen };
}
const more = { env: {}, timeoutMs: 5000 };

test('the status of the answer is returned, and user name and password of the address are sent', async () => {
  const { address, seen } = await server(401);
  const url = `http://ada:pw@${address}/a`;
  expect(await accessStatus({ url, method: 'HEAD', headers: {}, ...more })).toBe(401);
  expect(seen).toEqual([`HEAD /a Basic ${Buffer.from('ada:pw').toString('base64')}`]);
});

test('a redirect is not followed, and a stream of events is not read', async () => {
  const { address, seen } = await server(302, { location: '/elsewhere' });
  expect(await accessStatus({ url: `http://${address}/`, method: 'GET', headers: {}, ...more })).toBe(302);
  expect(seen).toHaveLength(1);
  const stream = await server(200, { 'content-type': 'text/event-stream' });
  expect(await accessStatus({ url: `http://${stream.address}/`, method: 'GET', headers: {}, ...more })).toBe(200);
});

test.each(['http://127.0.0.1:1/', 'no address'])('no answer from %s is null', async (url) => {
  expect(await accessStatus({ url, method: 'HEAD', headers: {}, ...more })).toBeNull();
});
