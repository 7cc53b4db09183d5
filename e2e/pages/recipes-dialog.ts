import type { Locator, Page } from 'playwright';

/** The dialog `Start from a recipe`, and the form of the recipe that was chosen in it. */
export class RecipesDialog {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The button of a window without tasks. */
  get start(): Locator {
    return this.#page.getByRole('button', { name: 'Start from a recipe' });
  }

  /** Opens the list, and the form of a recipe. Returns the form. */
  async open(recipe: string): Promise<Locator> {
    await this.start.click();
    await this.#page.getByRole('button', { name: recipe }).click();
    return this.#page.getByRole('dialog', { name: recipe });
  }
}
