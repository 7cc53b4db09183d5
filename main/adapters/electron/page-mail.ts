import type { NavigationTarget } from '../../contract/control.ts';

interface Recipient {
  navigate(target: NavigationTarget): void;
  refused(message: string): void;
}

/** What the page of the main window is to show next. It is kept until the page listens: nothing is sent to one that loads. */
export class PageMail {
  readonly #page: Recipient;
  #isListening = false;
  #target: NavigationTarget | null = null;
  #refusal: string | null = null;
  readonly #waiting: (() => void)[] = [];

  constructor(page: Recipient) {
    this.#page = page;
  }

  navigate(target: NavigationTarget): void {
    this.#target = target;
    this.#deliver();
  }

  refuse(message: string): void {
    this.#refusal = message;
    this.#deliver();
  }

  listens(): void {
    this.#isListening = true;
    this.#deliver();
    for (const tell of this.#waiting.splice(0)) tell();
  }

  /** The page was closed, has crashed or loads again. */
  isGone(): void {
    this.#isListening = false;
  }

  /** Resolves once the page listens: at once if it does. */
  async untilListening(): Promise<void> {
    if (!this.#isListening) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #deliver(): void {
    if (!this.#isListening) return;
    const [target, refusal] = [this.#target, this.#refusal];
    this.#target = null;
    this.#refusal = null;
    if (target !== null) this.#page.navigate(target);
    if (refusal !== null) this.#page.refused(refusal);
  }
}
