import { readFileSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Certificates made with OpenSSL for these tests: `trusted` (localhost and 127.0.0.1), `expired` and `wrong-host` are signed
 * by `ca`; `self-signed` by itself.
 */
export type Certificate = 'trusted' | 'expired' | 'wrong-host' | 'self-signed';

export const certificateFile = (name: Certificate | 'ca'): string =>
  join(import.meta.dirname, 'certificates', `${name}.pem`);

/** Starts an http server for one test. Returns its address, without a final slash. */
export async function serveHttp(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createServer(listener))}`;
}

/** Starts an https server for one test. Its name is localhost. */
export async function serveHttps(listener: RequestListener, name: Certificate): Promise<string> {
  const cert = readFileSync(certificateFile(name));
  const key = readFileSync(certificateFile(name).replace(/pem$/, 'key'));
  return `https://localhost:${await listening(createTlsServer({ cert, key }, listener))}`;
}

interface TestProxy {
  readonly url: string;
  /** `GET http://host/path` for a forwarded request, `CONNECT host:port` for a tunnel. */
  readonly seen: string[];
}

/**
 * Starts a proxy for one test. It leads every host to the same port of this machine, so that names which do not exist
 * show that a request went through it.
 * @param pair `user:password` that it asks for
 */
export async function serveProxy(pair?: string): Promise<TestProxy> {
  const seen: string[] = [];
  const wanted = pair === undefined ? undefined : `Basic ${Buffer.from(pair).toString('base64')}`;
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (request.headers['proxy-authorization'] !== wanted) return void response.writeHead(407).end();
    const { port, pathname, search } = new URL(request.url ?? '');
    const { method, headers } = request;
    const onward = send({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    if (request.headers['proxy-authorization'] !== wanted) return void socket.end('HTTP/1.1 407 Wanted\r\n\r\n');
    const onward = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.end('HTTP/1.1 502 Bad\r\n\r\n'));
    socket.on('error', () => onward.destroy());
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, seen };
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}
