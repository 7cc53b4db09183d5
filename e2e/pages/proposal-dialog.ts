import type { Locator, Page } from 'playwright';

/** The dialog in which a person approves or rejects a proposal. */
export class ProposalDialog {
  readonly root: Locator;
  readonly approve: Locator;
  readonly reject: Locator;
  readonly always: Locator;
  readonly note: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: 'An agent asks for your approval' });
    this.approve = this.root.getByRole('button', { name: 'Approve', exact: true });
    this.reject = this.root.getByRole('button', { name: 'Reject' });
    this.always = this.root.getByRole('button', { name: 'Always allow this agent' });
    this.note = this.root.getByRole('textbox', { name: 'Tell the agent why (optional)' });
  }
}
