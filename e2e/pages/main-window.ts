import type { Locator, Page } from 'playwright';
import { ExecutionsView } from './executions-view.ts';
import { GroupsView } from './groups-view.ts';
import { LogView } from './log-view.ts';
import { RecipesDialog } from './recipes-dialog.ts';
import { TaskEditor } from './task-editor.ts';
import type { TaskInput } from './task-editor.ts';

type View = 'Overview' | 'Tasks' | 'Runs' | 'Timeline' | 'Insights' | 'Activity' | 'Also on this machine' | 'Settings';

/** The main window: the navigation, and the page objects of its views. */
export class MainWindow {
  readonly page: Page;
  readonly groups: GroupsView;
  readonly executions: ExecutionsView;
  readonly log: LogView;
  readonly editor: TaskEditor;
  readonly recipes: RecipesDialog;

  constructor(page: Page) {
    this.page = page;
    this.groups = new GroupsView(page);
    this.executions = new ExecutionsView(page);
    this.log = new LogView(page);
    this.editor = new TaskEditor(page);
    this.recipes = new RecipesDialog(page);
  }

  link(name: View): Locator {
    return this.page.getByRole('navigation').getByRole('link', { name });
  }

  get palette(): Locator {
    return this.page.getByRole('dialog', { name: 'Command palette' });
  }

  /** Opens the command palette and types a line. */
  async openPalette(typed: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.palette.getByRole('combobox').fill(typed);
  }

  async open(name: View): Promise<void> {
    await this.link(name).click();
  }

  /** Opens the list of machines from the switcher of the sidebar. */
  async showAllMachines(): Promise<void> {
    await this.page.getByRole('button', { name: /^Machine: / }).click();
    await this.page.getByRole('menuitem', { name: 'All machines' }).click();
  }

  /** Returns the card of a machine in `All machines`. */
  machine(name: string): Locator {
    return this.page.getByRole('listitem', { name, exact: true });
  }

  async newTask(): Promise<TaskEditor> {
    await this.page.getByRole('button', { name: 'New task' }).first().click();
    return this.editor;
  }

  async createTask(task: TaskInput): Promise<void> {
    const editor = await this.newTask();
    await editor.fill(task);
    await editor.save();
  }
}
