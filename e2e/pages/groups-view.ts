import type { Locator, Page } from 'playwright';

/** The groups with their tasks. */
export class GroupsView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Returns the group with this description of its schedule. */
  group(sentence: string | RegExp): Locator {
    return this.#page.getByRole('region', { name: sentence });
  }

  /** Returns the row of a task, in any group. */
  task(name: string): Locator {
    return this.#page.getByRole('listitem', { name, exact: true });
  }

  async runNow(name: string): Promise<void> {
    await this.task(name).getByRole('button', { name: 'Run now' }).click();
  }
}
