import type { Socket } from 'node:net';

/** A connection to the server, and what is known of who opened it. */
interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** The sign-in that used it; null until there was one. */
  signIn: string | null;
}

/** More connections of one sign-in are kept no better than those of strangers: 16 windows, and their calls. */
const mostKept = 40;

/**
 * Bounds the connections of a server. If there are too many, the oldest of the address that has the most makes room for a
 * new one, and those of signed-in people and agents never do. So clients that connect and wait shut out only each other.
 */
export class Connections {
  readonly #most: number;
  /** The oldest first. */
  readonly #open = new Map<Socket | string, Connection>();

  /** @param most also closes a new connection if all others are kept, so that no flood uses up the files that runs need */
  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a new connection until it closes. */
  add(socket: Socket): void {
    if (this.#open.size >= this.#most) this.#makeRoom(socket);
    if (socket.destroyed) return;
    const key = keyOf(socket);
    const connection = { socket, address: socket.remoteAddress ?? '', signIn: null };
    this.#open.set(key, connection);
    socket.once('close', () => this.#forget(key, connection));
  }

  /** Notes that a request with this sign-in came over the connection, which is then kept. */
  keep(socket: Socket, signIn: string): void {
    const connection = this.#open.get(keyOf(socket));
    if (connection === undefined || connection.signIn !== null) return;
    const kept = [...this.#open.values()].filter((each) => each.signIn === signIn).length;
    if (kept < mostKept) connection.signIn = signIn;
  }

  /** Closes the oldest connection of the address with the most strangers; the new one if nobody is a stranger. */
  #makeRoom(socket: Socket): void {
    const strangers = new Map<string, [Socket | string, Connection][]>();
    for (const entry of this.#open) {
      const [, { address, signIn }] = entry;
      if (signIn === null) strangers.set(address, [...(strangers.get(address) ?? []), entry]);
    }
    const [most] = [...strangers.values()].sort((one, other) => other.length - one.length);
    const oldest = most?.[0];
    if (oldest === undefined) {
      socket.destroy();
      return;
    }
    this.#forget(...oldest);
    oldest[1].socket.destroy();
  }

  /** Does nothing if a later connection has the same ends. */
  #forget(key: Socket | string, connection: Connection): void {
    if (this.#open.get(key) === connection) this.#open.delete(key);
  }
}

/**
 * An encrypted connection has two sockets, and a request knows only the other one: both have the same ends. A Unix socket
 * has no ends with names; over an encrypted one nothing is kept, but only its owner can connect to it.
 */
function keyOf(socket: Socket): Socket | string {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  if (remotePort === undefined) return socket;
  return `${localAddress ?? ''} ${localPort ?? ''} ${remoteAddress ?? ''} ${remotePort}`;
}
