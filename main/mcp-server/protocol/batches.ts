type Id = string | number;
type Json = Readonly<Record<string, unknown>>;

interface Batch {
  readonly open: Set<Id>;
  readonly answers: object[];
}

/** The JSON-RPC batches of one connection that are not answered yet. The answers of a batch are sent as one. */
export class Batches {
  readonly #batches = new Set<Batch>();
  readonly #cancelled: (answers: readonly object[]) => void;

  /** @param cancelled sends the answers of a batch whose last open request was cancelled, which gets no answer */
  constructor(cancelled: (answers: readonly object[]) => void) {
    this.#cancelled = cancelled;
  }

  /**
   * @param ids the requests of a batch
   * @param refused answers that are known already
   * @returns the whole answer if there is no open request; null if there is nothing to answer yet
   */
  begin(ids: readonly Id[], refused: object[]): readonly object[] | null {
    if (ids.length === 0) return refused.length === 0 ? null : refused;
    this.#batches.add({ open: new Set(ids), answers: refused });
    return null;
  }

  /** Notices that a client gave up a request. */
  saw({ method, params }: Json): void {
    if (method !== 'notifications/cancelled') return;
    const id = (params as Json | undefined)?.['requestId'] as Id;
    const batch = this.#of(id);
    if (batch === undefined) return;
    batch.open.delete(id);
    if (batch.open.size > 0) return;
    this.#batches.delete(batch);
    if (batch.answers.length > 0) this.#cancelled(batch.answers);
  }

  /**
   * Returns what to send for an answer: itself, the answers of its whole batch, or null while others are open.
   */
  answered(id: unknown, answer: object): object | null {
    const batch = this.#of(id as Id);
    if (batch === undefined) return answer;
    batch.open.delete(id as Id);
    batch.answers.push(answer);
    if (batch.open.size > 0) return null;
    this.#batches.delete(batch);
    return batch.answers;
  }

  #of(id: Id): Batch | undefined {
    return [...this.#batches].find(({ open }) => open.has(id));
  }
}
