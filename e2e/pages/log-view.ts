import type { Locator, Page } from 'playwright';

/** The region `Log` of one execution. */
export class LogView {
  readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Log', exact: true });
  }

  /** Lines with exactly this text: the worker's own remarks may repeat the command around it. */
  line(text: string): Locator {
    return this.region.getByText(text, { exact: true });
  }
}
