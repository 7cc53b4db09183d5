type SetTimer = (action: () => void, delayMs: number) => () => void;

/**
 * Does something as soon as it is asked to, and then at most once in a while: what is asked for in between is done once, at
 * its end. The first time too is not before what asks has finished.
 */
export class AtMostEvery {
  readonly #setTimer: SetTimer;
  readonly #everyMs: number;
  readonly #act: () => void;
  /** Cancels the timer that acts, or that ends the pause after acting. */
  #cancel: (() => void) | null = null;
  #isAsked = false;

  constructor(everyMs: number, act: () => void, setTimer: SetTimer) {
    this.#everyMs = everyMs;
    this.#act = act;
    this.#setTimer = setTimer;
  }

  ask(): void {
    this.#isAsked = true;
    this.#cancel ??= this.#setTimer(() => this.#due(), 0);
  }

  /** Stops the timer. Returns whether something was asked for and not done. */
  stop(): boolean {
    const wasAsked = this.#isAsked;
    this.#cancel?.();
    this.#cancel = null;
    this.#isAsked = false;
    return wasAsked;
  }

  #due(): void {
    this.#cancel = null;
    if (!this.#isAsked) return;
    this.#isAsked = false;
    this.#cancel = this.#setTimer(() => this.#due(), this.#everyMs);
    this.#act();
  }
}
