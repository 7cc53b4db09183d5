import { connect, createServer, type Socket } from 'node:net';

/** A server in front of another one, whose connections a test can cut as a cable does. */
export interface CutProxy {
  /** Ends all connections at once. The proxy still accepts new ones. */
  cut(): void;
  close(): Promise<void>;
}

/** Passes connections to `port` of 127.0.0.1 on to `target`. */
export async function startCutProxy(port: number, target: number): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // Reported by `close` as well.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    cut,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
