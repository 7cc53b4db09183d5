/** The loss of a connection, which ends every call that waits on it. The first reason counts. */
export class ConnectionLoss {
  readonly #rejected: Promise<never>;
  #reject: (reason: Error) => void = () => undefined;

  constructor() {
    this.#rejected = new Promise((_resolve, reject) => (this.#reject = reject));
    // A loss while nothing waits is no fault.
    this.#rejected.catch(() => undefined);
  }

  report(reason: Error): void {
    this.#reject(reason);
  }

  /** Resolves or rejects as `work` does, and rejects with the reason as soon as the connection is lost. */
  during<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#rejected]);
  }
}

/** The connection ended before an answer came. The message completes "It …". */
export class LostConnectionError extends Error {}

/** A message was larger than `largestMessageBytes`. */
export class MessageTooLargeError extends Error {}
