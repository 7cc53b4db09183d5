import type { Locator, Page } from 'playwright';

/** The region `Log` of a run. */
export class LogView {
  readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Log', exact: true });
  }

  /** Returns the lines with exactly this text. Messages of the worker may quote the command, and must not match. */
  line(text: string): Locator {
    return this.region.getByText(text, { exact: true });
  }
}
