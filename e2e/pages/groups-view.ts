import type { Locator, Page } from 'playwright';

/** The list of tasks, by schedule unless the person chose otherwise. */
export class GroupsView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Returns the group with this description of its schedule. */
  group(sentence: string | RegExp): Locator {
    const name = typeof sentence === 'string' ? `${sentence}, ` : sentence;
    return this.#page.getByRole('row', { name });
  }

  /** Returns the row of a task, in any group. */
  task(name: string): Locator {
    return this.#page.getByRole('row', { name, exact: true });
  }

  async runNow(name: string): Promise<void> {
    await this.task(name).getByRole('button', { name: 'Run now' }).click();
  }
}
