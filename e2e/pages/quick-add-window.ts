import type { Locator, Page } from 'playwright';

/** The small window that opens from the tray. */
export class QuickAddWindow {
  readonly page: Page;
  readonly field: Locator;

  constructor(page: Page) {
    this.page = page;
    this.field = page.getByLabel('What and when');
  }

  /** Enter saves. */
  async add(line: string): Promise<void> {
    await this.field.fill(line);
    await this.field.press('Enter');
  }
}
