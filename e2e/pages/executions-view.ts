import type { Locator, Page } from 'playwright';
import type { ExecutionStatus } from '../../main/contract/execution.ts';

/** The words that the window uses for each status. */
const statusWords: Record<ExecutionStatus, RegExp> = {
  running: /running/i,
  success: /succeeded|success/i,
  failure: /failed|failure/i,
  timeout: /timed out|timeout/i,
  cancelled: /cancelled/i,
  interrupted: /interrupted/i,
  skipped: /skipped/i,
};

/** The table `Runs`, newest first. */
export class ExecutionsView {
  readonly table: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.table = page.getByRole('table', { name: 'Runs' });
    this.search = page.getByLabel('Search runs');
  }

  /** Returns the rows of a task. Default: in any status. */
  rows(taskName: string, status?: ExecutionStatus): Locator {
    const ofTask = this.table.getByRole('row').filter({ hasText: taskName });
    return status === undefined ? ofTask : ofTask.filter({ hasText: statusWords[status] });
  }

  async openNewest(taskName: string): Promise<void> {
    await this.rows(taskName).first().getByRole('link', { name: taskName }).click();
  }
}
