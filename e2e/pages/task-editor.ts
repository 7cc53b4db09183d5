import type { Locator, Page } from 'playwright';
import { expect } from '@playwright/test';

export interface TaskInput {
  readonly name: string;
  readonly schedule: string;
  /** `server:tool`. */
  readonly tool: string;
  /** The command of `shell:run`. */
  readonly command?: string;
  /** Values by label for text fields of the form that is generated from the tool's schema. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
}

/** The dialog `New task` or `Edit task`. */
export class TaskEditor {
  readonly dialog: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.dialog = page.getByRole('dialog', { name: /^(New|Edit) task$/ });
  }

  get name(): Locator {
    return this.dialog.getByLabel('Name', { exact: true });
  }

  get schedule(): Locator {
    return this.dialog.getByLabel('Schedule', { exact: true });
  }

  get tool(): Locator {
    return this.dialog.getByLabel('Tool', { exact: true });
  }

  get command(): Locator {
    return this.dialog.getByLabel('Command', { exact: true });
  }

  get workingDirectory(): Locator {
    return this.dialog.getByLabel('Working directory', { exact: true });
  }

  get nextRuns(): Locator {
    return this.dialog.getByRole('list', { name: 'Next runs' }).getByRole('listitem');
  }

  /** Opens the section with the time zone, the folder and the tags, which is closed while it holds only defaults. */
  async openMore(): Promise<void> {
    const section = this.dialog.getByRole('button', { name: 'Time zone, folder, tags and notes' });
    if ((await section.getAttribute('aria-expanded')) === 'false') await section.click();
  }

  button(name: 'Save' | 'Save and run' | 'Cancel' | 'Test run'): Locator {
    return this.dialog.getByRole('button', { name, exact: true });
  }

  async fill(task: TaskInput): Promise<void> {
    await this.name.fill(task.name);
    await this.chooseTool(task.tool);
    if (task.command !== undefined) await this.command.fill(task.command);
    for (const [label, value] of Object.entries(task.fields ?? {})) {
      await this.dialog.getByLabel(label, { exact: true }).fill(value);
    }
    if (task.workingDirectory !== undefined) {
      await this.openMore();
      await this.workingDirectory.fill(task.workingDirectory);
    }
    await this.schedule.fill(task.schedule);
    await expect(this.nextRuns).toHaveCount(5);
  }

  /** Opens the list of folders where the working directory is, presses these keys in it, and takes the folder they lead to. */
  async chooseFolder(keys: readonly string[]): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Choose…' }).click();
    const folders = this.#page.getByRole('dialog', { name: 'Choose a folder' });
    for (const key of keys) {
      const list = folders.getByRole('listbox');
      const shown = await list.getAttribute('aria-label');
      await list.press(key);
      await expect(list).not.toHaveAttribute('aria-label', shown ?? '');
    }
    await folders.getByRole('button', { name: 'Choose this folder' }).press('Enter');
    await expect(folders).toBeHidden();
  }

  async chooseTool(tool: string): Promise<void> {
    // The list does not open if the value is unchanged.
    if ((await this.tool.inputValue()) === tool) return;
    await this.tool.fill(tool);
    await this.dialog.getByRole('option', { name: tool }).first().click();
  }

  async save(): Promise<void> {
    await this.button('Save').click();
    await expect(this.dialog).toBeHidden();
  }
}
