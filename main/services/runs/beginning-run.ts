import type { CancelReason } from '../../contract/worker.ts';

/** A run that is recorded and has no worker yet, such as while an access token is renewed. */
export class BeginningRun {
  #reason: CancelReason | null = null;
  #tell: () => void = () => undefined;
  readonly #cancelled = new Promise<null>((resolve) => (this.#tell = () => resolve(null)));

  /** Why the run is to end; null while it is not. */
  get reason(): CancelReason | null {
    return this.#reason;
  }

  cancel(reason: CancelReason): void {
    this.#reason ??= reason;
    this.#tell();
  }

  /**
   * Returns what `work` resolves to. How it ends once the run is to end is of no interest.
   * @throws Error as soon as the run is to end, or what `work` rejects with
   */
  async unlessCancelled<T extends object>(work: Promise<T>): Promise<T> {
    const found = await Promise.race([work, this.#cancelled]);
    if (found === null || this.#reason !== null) throw new Error('The run was to end before it had a worker.');
    return found;
  }
}
