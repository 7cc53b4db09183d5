import { readFileSync } from 'node:fs';
import { createServer, get, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { certificateFile } from '../testing/http-servers/http-servers.ts';
import { Connections } from './connections.ts';

const tls = {
  cert: readFileSync(certificateFile('trusted')),
  key: readFileSync(certificateFile('trusted').replace(/pem$/, 'key')),
};
const ca = readFileSync(certificateFile('ca'));

/** A server of four connections, which keeps those over which `/keep?NAME` was asked. Returns its port. */
async function portOf(create: (listener: RequestListener) => Server = (listener) => createServer(listener)) {
  const connections = new Connections(4);
  const server = create((request, response) => {
    const [path, name = ''] = (request.url ?? '').split('?');
    if (path === '/keep') connections.keep(request.socket, name);
    response.end('ok');
  });
  server.prependListener('connection', (socket) => connections.add(socket));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return (server.address() as AddressInfo).port;
}

/** A client that has connected and waits. */
async function waiting(port: number, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
  socket.resume();
  onTestFinished(() => void socket.destroy());
  await new Promise((settle) => socket.once('connect', settle));
  return socket;
}

const isOpen = (socket: Socket): boolean => !socket.destroyed && !socket.readableEnded;

/** Asks over this connection, and waits for the answer. */
const ask = (socket: Socket, path: string): Promise<string> =>
  new Promise((settle) => {
    socket.once('data', (chunk: Buffer) => settle(chunk.toString()));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((settle) => {
    get({ port, host: '127.0.0.1', agent: false }, (response) => {
      response.resume();
      settle(response.statusCode === 200);
    }).once('error', () => settle(false));
  });

it('the oldest client that waits makes room for a new one', async () => {
  const port = await portOf();
  const crowd: Socket[] = [];
  for (let index = 0; index < 4; index += 1) crowd.push(await waiting(port));
  expect(await answers(port)).toBe(true);
  await expect.poll(() => crowd.map(isOpen)).toEqual([false, true, true, true]);
});

it('an address with many connections does not shut out the clients of another', async () => {
  const port = await portOf();
  const slow = await waiting(port, '127.0.0.2');
  const crowd: Socket[] = [];
  for (let index = 0; index < 9; index += 1) crowd.push(await waiting(port));
  await expect.poll(() => crowd.filter(isOpen).length).toBe(3);
  expect(isOpen(slow)).toBe(true);
  expect(await ask(slow, '/')).toContain('200 OK');
});

it('a connection with a sign-in is never closed for a stranger', async () => {
  const port = await portOf();
  const kept = await waiting(port);
  await ask(kept, '/keep?anna');
  for (let index = 0; index < 9; index += 1) await waiting(port);
  expect(await answers(port)).toBe(true);
  expect(isOpen(kept)).toBe(true);
});

it('a new connection is closed if all have a sign-in', async () => {
  const port = await portOf();
  const kept: Socket[] = [];
  for (const name of ['anna', 'bert', 'carl', 'dora']) {
    const socket = await waiting(port);
    await ask(socket, `/keep?${name}`);
    kept.push(socket);
  }
  expect(await answers(port)).toBe(false);
  expect(kept.every(isOpen)).toBe(true);
  kept[0]?.destroy();
  await expect.poll(() => answers(port)).toBe(true);
});

it('an encrypted connection with a sign-in is kept, too', async () => {
  const port = await portOf((listener) => createTlsServer(tls, listener));
  const raw = await waiting(port);
  const kept = connectTls({ socket: raw, servername: 'localhost', ca });
  await ask(kept, '/keep?anna');
  const crowd: Socket[] = [];
  for (let index = 0; index < 9; index += 1) crowd.push(await waiting(port));
  await expect.poll(() => crowd.filter(isOpen).length).toBe(3);
  expect(isOpen(kept)).toBe(true);
});
