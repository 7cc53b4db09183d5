import type { Locator, Page } from 'playwright';

/** Timing groups with their tasks. */
export class GroupsView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The group whose sentence this is. */
  group(sentence: string | RegExp): Locator {
    return this.#page.getByRole('region', { name: sentence });
  }

  /** A task's own row, in whichever group it is. */
  task(name: string): Locator {
    return this.#page.getByRole('listitem', { name, exact: true });
  }

  async runNow(name: string): Promise<void> {
    await this.task(name).getByRole('button', { name: 'Run now' }).click();
  }
}
