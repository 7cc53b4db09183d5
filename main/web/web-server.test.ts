import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { certificateFile } from '../testing/http-servers/http-servers.ts';
import { Connections } from './connections.ts';
import { BoundedServer } from './web-server.ts';

const limits = {
  ...{ handshakeTimeout: 50, headersTimeout: 50, requestTimeout: 50, keepAliveTimeout: 50 },
  connectionsCheckingInterval: 10,
};
const tls = {
  cert: readFileSync(certificateFile('trusted')),
  key: readFileSync(certificateFile('trusted').replace(/pem$/, 'key')),
};
const ca = readFileSync(certificateFile('ca'));
const header = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n';

/** A server that reads the whole body before it answers. Returns its port. */
async function port(encryption: typeof tls | null): Promise<number> {
  const server = new BoundedServer(
    async (request) => new Response(await request.text()),
    encryption,
    new Connections(256),
    limits,
  );
  onTestFinished(() => server.close());
  return (await server.listen({ host: '127.0.0.1', port: 0, orAnyPort: false })) ?? 0;
}

/** Resolves with what came, when the server has ended the connection. */
const ended = (socket: Socket): Promise<string> =>
  new Promise((settle) => {
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.once('close', () => settle(answer));
  });

it.each([
  ['nothing', ''],
  ['half a header', 'POST / HTTP/1.1\r\nHost: loc'],
  ['half a body', `${header}12345`],
])('disconnects a client that sends %s and then waits', async (_, text) => {
  const socket = connect(await port(null), '127.0.0.1');
  socket.write(text);
  expect(await ended(socket)).not.toContain('200 OK');
});

it.each([
  ['nothing', null],
  ['half a header', 'POST / HTTP/1.1\r\nHost: loc'],
  ['half a body', `${header}12345`],
])('disconnects a client of the encrypted server that sends %s and then waits', async (_, text) => {
  const plain = connect(await port(tls), '127.0.0.1');
  const socket = text === null ? plain : connectTls({ socket: plain, servername: 'localhost', ca });
  if (text !== null) socket.write(text);
  expect(await ended(socket)).not.toContain('200 OK');
});

it('answers a client that sends a whole request', async () => {
  const socket = connect(await port(null), '127.0.0.1');
  socket.write(`${header}1234567890`);
  expect(await ended(socket)).toMatch(/^HTTP\/1\.1 200 OK[^]+1234567890$/);
});
