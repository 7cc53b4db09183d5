import type { Locator, Page } from 'playwright';

/** The region `Log` of one execution. */
export class LogView {
  readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Log', exact: true });
  }

  line(text: string | RegExp): Locator {
    return this.region.getByText(text);
  }
}
