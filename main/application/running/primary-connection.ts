import type { ControlClient } from '../../ports/control.ts';

/** The connection of this process to the primary of its data directory. */
export class PrimaryConnection {
  readonly #connect: () => Promise<ControlClient | null>;
  #connection: Promise<ControlClient | null> = Promise.resolve(null);

  constructor(control: { readonly connect: () => Promise<ControlClient | null> }) {
    this.#connect = () => control.connect();
  }

  /**
   * Returns the primary, or null if there is none. Connects again if there was none or it has quit: the app may start or
   * restart while an MCP server is running.
   */
  get(): Promise<ControlClient | null> {
    this.#connection = this.#connection
      .catch(() => null)
      .then((known) => (known === null || known.lost ? this.#connect() : known));
    return this.#connection;
  }

  /** Closes an existing connection. Never opens one, which would wait for a primary that hangs. */
  async close(): Promise<void> {
    (await this.#connection.catch(() => null))?.close();
  }
}
