/** Characters that a run may have to take before the server's output waits. */
const MOST_UNREAD = 1024 * 1024;

/** Counts what the runs have not read yet of what a server wrote, so that a flood fills no memory. */
export class SlowReaders {
  readonly #unread = new Map<string, number>();
  readonly #flow: (isOpen: boolean) => void;
  #isOpen = true;

  /** @param flow stops or continues the server's output */
  constructor(flow: (isOpen: boolean) => void) {
    this.#flow = flow;
  }

  join(run: string): void {
    this.#unread.set(run, 0);
  }

  leave(run: string): void {
    this.#unread.delete(run);
    this.#update();
  }

  /** Every run gets this many characters. */
  wrote(characters: number): void {
    for (const [run, unread] of this.#unread) this.#unread.set(run, unread + characters);
    this.#update();
  }

  read(run: string, characters: number): void {
    const unread = this.#unread.get(run);
    if (unread !== undefined) this.#unread.set(run, unread - characters);
    this.#update();
  }

  #update(): void {
    const isOpen = [...this.#unread.values()].every((unread) => unread <= MOST_UNREAD);
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    this.#flow(isOpen);
  }
}
