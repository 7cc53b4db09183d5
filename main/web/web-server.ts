import { chmodSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import type { Connections } from './connections.ts';
import type { ListenAddress } from './address/listen-address.ts';

/**
 * A client that has not encrypted its connection, or sent its header or its request, within these times is disconnected,
 * in ms.
 */
const usualLimits = {
  ...{ handshakeTimeout: 10_000, headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5000 },
  connectionsCheckingInterval: 2000,
};
const maxHeaderSize = 16 * 1024;

export interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** An HTTP server with bounds for everything that a client can use up. */
export class BoundedServer {
  readonly #server: Server;

  constructor(
    fetch: Parameters<typeof getRequestListener>[0],
    tls: Tls | null,
    connections: Connections,
    limits = usualLimits,
  ) {
    const answer = getRequestListener(fetch);
    const options = { ...limits, maxHeaderSize };
    const listener = (request: IncomingMessage, response: ServerResponse): void => void answer(request, response);
    this.#server = tls === null ? createServer(options, listener) : createTlsServer({ ...options, ...tls }, listener);
    // Before it is encrypted, if it will be.
    this.#server.prependListener('connection', (socket) => connections.add(socket));
    this.#server.maxHeadersCount = 100;
  }

  /** Listens, and returns the port; null for a Unix socket. @throws SchedulerError `web/address-in-use`, `web/not-listening`. */
  async listen(address: ListenAddress): Promise<number | null> {
    if ('path' in address) {
      await this.#bind(address.path, { path: address.path });
      return null;
    }
    const { host, port, orAnyPort } = address;
    try {
      await this.#bind(`${host}:${port}`, { host, port });
    } catch (problem) {
      if (!orAnyPort || !(problem instanceof SchedulerError) || problem.code !== 'web/address-in-use') throw problem;
      await this.#bind(`${host}:0`, { host, port: 0 });
    }
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #bind(shown: string, where: { path: string } | { host: string; port: number }): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (problem: NodeJS.ErrnoException): void => reject(notListening(shown, problem));
      this.#server.once('error', failed);
      // Created without rights for others: between creating it and changing its rights, others could connect.
      const before = 'path' in where ? process.umask(0o177) : null;
      this.#server.listen(where, () => {
        this.#server.off('error', failed);
        if ('path' in where) chmodSync(where.path, 0o600);
        resolve();
      });
      if (before !== null) process.umask(before);
    });
  }
}

function notListening(shown: string, problem: NodeJS.ErrnoException): SchedulerError {
  if (problem.code === 'EADDRINUSE') {
    return new SchedulerError('web/address-in-use', `${shown} is in use.`, { address: shown }, problem);
  }
  const message = `The web server cannot listen on ${shown}: ${messageOf(problem)}.`;
  return new SchedulerError('web/not-listening', message, { address: shown }, problem);
}
