import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { controlMethods, controlRequestSchema } from '../../contract/control.ts';
import type { ControlMethod } from '../../contract/control.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { ControlHandlers, ControlServer } from '../../ports/control.ts';
import { socketAddress } from './control-path.ts';
import { longestRequest, readJsonLines, writeJsonLine } from './line-channel.ts';
import { prepareSocketFolder } from './socket-trust.ts';
import { removeStaleSocket } from './stale-socket.ts';

const isWindows = process.platform === 'win32';

/**
 * Answers control requests on a Unix socket (mode 0600) or a named pipe. Replaces a socket file that no process listens
 * on.
 * @throws SchedulerError `control/primary-running` when another process answers there; `control/unsafe-directory`,
 * `control/unsafe-socket`, `control/not-a-socket` if the place is not this user's own.
 */
export async function listenControl(path: string, handlers: ControlHandlers): Promise<ControlServer> {
  if (!isWindows) prepareSocketFolder(path);
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A lost client does not concern the primary: what it started continues, and `close` follows.
    socket.on('error', () => undefined);
    readJsonLines(socket, longestRequest, (document) => void answer(socket, handlers, document));
  };
  // Valid until the server is closed, which deletes the file at this address.
  const { address, release } = socketAddress(path);
  try {
    const server = await bind(path, address, accept);
    const stop = (stopped: () => void) => {
      server.close(stopped);
      for (const socket of sockets) socket.end(() => socket.destroy());
    };
    return { close: () => new Promise<void>(stop).finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

async function bind(path: string, address: string, accept: (socket: Socket) => void): Promise<Server> {
  try {
    return await listen(address, accept);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  }
  await removeStaleSocket(path);
  return await listen(address, accept);
}

function listen(address: string, accept: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(accept);
    server.once('error', reject);
    // bind(2) happens inside `listen`, so the file never has wider permissions than these.
    const umask = isWindows ? null : process.umask(0o177);
    try {
      server.listen(address, () => {
        server.off('error', reject);
        resolve(server);
      });
    } finally {
      if (umask !== null) process.umask(umask);
    }
  });
}

async function answer(socket: Socket, handlers: ControlHandlers, document: unknown): Promise<void> {
  const request = controlRequestSchema.safeParse(document);
  if (!request.success) {
    socket.destroy();
    return;
  }
  const { id, method, params } = request.data;
  try {
    const result = await dispatch(handlers, method, params);
    writeJsonLine(socket, { id, ok: true, result });
  } catch (error) {
    const wire =
      error instanceof SchedulerError
        ? { code: error.code, message: error.message, details: error.details }
        : { code: 'control/failed', message: messageOf(error), details: {} };
    writeJsonLine(socket, { id, ok: false, error: wire });
  }
}

function dispatch(handlers: ControlHandlers, method: string, params: unknown): Promise<unknown> {
  if (!Object.hasOwn(controlMethods, method)) {
    throw new SchedulerError(
      'control/unknown-method',
      `The running app has no method "${method}". Restart the app so that both have the same version.`,
      { method },
    );
  }
  const known = method as ControlMethod;
  const parsed = controlMethods[known].params.safeParse(params);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new SchedulerError(
      'control/bad-request',
      `${method}: ${first?.path.join('.') ?? ''} ${first?.message ?? 'bad parameters'}`,
      { issues: parsed.error.issues.slice(0, 5) },
    );
  }
  // The table pairs every method's schema with its handler; TypeScript cannot track that through an index.
  const handler = handlers[known] as (value: unknown) => Promise<unknown>;
  return handler(parsed.data);
}
