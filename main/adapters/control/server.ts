import { chmodSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { dirname } from 'node:path';
import { controlMethods, controlRequestSchema } from '../../contract/control.ts';
import type { ControlMethod } from '../../contract/control.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { ControlHandlers, ControlServer } from '../../ports/control.ts';
import { connectControl } from './client.ts';
import { prepareSocketDirectory } from './control-path.ts';
import { readJsonLines, writeJsonLine } from './line-channel.ts';

const isWindows = process.platform === 'win32';

/**
 * Answers control requests on a Unix socket (mode 0600) or a named pipe. Replaces a socket file that no process listens
 * on.
 * @throws SchedulerError `control/primary-running` when another process answers there.
 */
export async function listenControl(path: string, handlers: ControlHandlers): Promise<ControlServer> {
  if (!isWindows) prepareSocketDirectory(dirname(path));
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A lost client does not concern the primary: what it started continues, and `close` follows.
    socket.on('error', () => undefined);
    readJsonLines(socket, (document) => void answer(socket, handlers, document));
  };
  const server = await bind(path, accept);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.end(() => socket.destroy());
      }),
  };
}

async function bind(path: string, accept: (socket: Socket) => void): Promise<Server> {
  try {
    return await listen(path, accept);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  }
  await removeStaleSocket(path);
  return await listen(path, accept);
}

function listen(path: string, accept: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(accept);
    server.once('error', reject);
    // bind(2) happens inside `listen`, so the file never has wider permissions than these.
    const umask = isWindows ? null : process.umask(0o177);
    try {
      server.listen(path, () => {
        server.off('error', reject);
        if (!isWindows) chmodSync(path, 0o600);
        resolve(server);
      });
    } finally {
      if (umask !== null) process.umask(umask);
    }
  });
}

async function removeStaleSocket(path: string): Promise<void> {
  const inode = inodeOf(path);
  const client = await connectControl(path);
  const pid = client?.primary.pid ?? null;
  client?.close();
  if (isWindows || pid !== null || (await somebodyListens(path))) {
    throw new SchedulerError(
      'control/primary-running',
      `Another NCP Scheduler${pid === null ? '' : ` (process ${pid})`} already serves this data directory. Quit it first, or use another --data-dir.`,
      { path, pid },
    );
  }
  // Another process may have replaced the stale file since. So move the file away first, check it, and move it back if
  // it is another process's socket.
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (inodeOf(aside) === inode) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

/**
 * Returns whether a process listens, also for a primary that hangs: only a refused connection proves that none does.
 */
function somebodyListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

function inodeOf(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.ino ?? null;
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
