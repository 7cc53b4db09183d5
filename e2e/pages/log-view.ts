import type { Locator, Page } from 'playwright';

/** The region `Log` of one execution. */
export class LogView {
  readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Log', exact: true });
  }

  /** Lines with exactly this text, because messages of the worker may quote the command. */
  line(text: string): Locator {
    return this.region.getByText(text, { exact: true });
  }
}
