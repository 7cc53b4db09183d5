import type { Writable } from 'node:stream';

/** An output stream whose reader may close it early (`| head`). That is not an error; later output is discarded. */
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

  /** True once the reader has closed the stream. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Resolves once the system has accepted all of the data, so that the process can exit without losing any.
   * @throws the write error, for example when the disk is full.
   */
  async write(data: string | Uint8Array): Promise<void> {
    if (!this.#closed && data.length > 0) {
      await new Promise<void>((resolve) => {
        // The listener above receives the error too, and tells a broken pipe from other errors.
        this.#stream.write(data, () => resolve());
      });
    }
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
  }
}
