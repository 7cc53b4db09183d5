import type { Locator, Page } from 'playwright';

/** Timing groups with their tasks. */
export class GroupsView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The group whose heading has this sentence, name or id. */
  group(name: string | RegExp): Locator {
    return this.#page.getByRole('region', { name });
  }

  /** A task's own place in its group. */
  task(name: string): Locator {
    return this.#page.getByRole('main').getByText(name, { exact: true });
  }
}
