import type { Locator, Page } from 'playwright';

/** The small window that opens from the tray, or the dialog of the same form in the main window. */
export class QuickAddWindow {
  readonly page: Page;
  readonly field: Locator;

  constructor(page: Page) {
    this.page = page;
    this.field = page.getByLabel('What and when');
  }

  /** In the small window: presses Enter, which saves and closes it, often before the key is released. */
  async save(): Promise<void> {
    const closed = this.page.waitForEvent('close');
    await Promise.all([closed, this.field.press('Enter').catch(() => closed)]);
  }
}
