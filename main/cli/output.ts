import type { Writable } from 'node:stream';

/** A stream whose reader may go away (`| head`): that is no error, what comes after is simply not written. */
export class Output {
  readonly #stream: Writable;
  #closed = false;
  #failure: Error | null = null;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#closed = true;
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') this.#failure = error;
    });
  }

  /** The reader has gone. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Settles once the system took all of it, so that the process may end without cutting anything off.
   * @throws what writing failed with, a disk that is full for example.
   */
  async write(data: string | Uint8Array): Promise<void> {
    if (!this.#closed && data.length > 0) {
      await new Promise<void>((resolve) => {
        // Its error arrives at the listener above too, which tells a broken pipe from the rest.
        this.#stream.write(data, () => resolve());
      });
    }
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
  }
}
