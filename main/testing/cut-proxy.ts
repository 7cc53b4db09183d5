import { connect, createServer, type Socket } from 'node:net';

/** A server in front of another one, whose connections a test can cut as a cable does. */
export interface CutProxy {
  /** Ends all connections at once. The proxy still accepts new ones. */
  cut(): void;
  /** Holds what arrives back for so long from now on, in both directions. @default 0 */
  delay(ms: number): void;
  close(): Promise<void>;
}

/** Passes connections to `port` of 127.0.0.1 on to `target`. */
export async function startCutProxy(port: number, target: number): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  let delayMs = 0;
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
      pass(socket, other, () => delayMs);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    cut,
    delay: (ms) => {
      delayMs = ms;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}

/** Passes data on in order, each piece after the delay of its arrival at least. */
function pass(from: Socket, to: Socket, delayMs: () => number): void {
  let before = Promise.resolve();
  const later = (deed: () => void): void => {
    const ms = delayMs();
    before = before.then(() => (ms === 0 ? undefined : new Promise((resolve) => setTimeout(resolve, ms)))).then(deed);
  };
  from.on('data', (chunk: Buffer) => later(() => to.writable && to.write(chunk)));
  from.once('end', () => later(() => to.end()));
}
