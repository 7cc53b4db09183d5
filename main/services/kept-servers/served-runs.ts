import type { SessionEvent } from '../../contract/session-event.ts';
import type { ToWorker } from '../../contract/worker.ts';

/** A run that uses a kept server. */
export interface ServedRun {
  readonly executionId: string;
  /** Texts of the run that no log may show. */
  readonly masked: readonly string[];
  /** Sends a message to the run's worker. */
  send(message: ToWorker): void;
}

/** The runs that use a kept server now, and what all of them hide. */
export class ServedRuns {
  readonly #runs = new Map<string, ServedRun>();
  readonly #masked = new Set<string>();
  #toldAboutOthers = false;

  get size(): number {
    return this.#runs.size;
  }

  has(executionId: string): boolean {
    return this.#runs.has(executionId);
  }

  add(run: ServedRun): void {
    this.#runs.set(run.executionId, run);
    this.#mask(run);
    if (this.size === 1) this.#toldAboutOthers = false;
    else this.#tellAboutOthers(run);
  }

  /** Returns false if it was not among them. */
  remove(executionId: string): boolean {
    return this.#runs.delete(executionId);
  }

  /** @param executionId null: every run */
  send(executionId: string | null, event: SessionEvent): void {
    const ids = executionId === null ? [...this.#runs.keys()] : [executionId];
    for (const id of ids) this.#runs.get(id)?.send({ type: 'session', executionId: id, event });
  }

  /** Sends a last event to every run. */
  end(event: SessionEvent): void {
    this.send(null, event);
    this.#runs.clear();
  }

  /** Every run hides the secrets of all, because the server may write any of them to stderr. */
  #mask(run: ServedRun): void {
    const fresh = run.masked.filter((text) => !this.#masked.has(text));
    for (const text of fresh) this.#masked.add(text);
    for (const other of this.#runs.values()) {
      const texts = other === run ? [...this.#masked] : fresh;
      if (texts.length > 0) other.send({ type: 'mask', texts });
    }
  }

  #tellAboutOthers(run: ServedRun): void {
    const text = 'The server serves other runs at the same time: what it writes to stderr is in the log of each.';
    this.send(this.#toldAboutOthers ? run.executionId : null, { kind: 'note', text });
    this.#toldAboutOthers = true;
  }
}
