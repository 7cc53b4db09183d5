import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Returns a free port. The system gives each caller a different one, so that parallel tests do not collide. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
