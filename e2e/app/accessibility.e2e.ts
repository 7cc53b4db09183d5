import { expect, test } from '../fixtures/app.ts';
import { seriousFindings } from '../fixtures/axe.ts';
import { MainWindow } from '../pages/main-window.ts';
import { QuickAddWindow } from '../pages/quick-add-window.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds no serious problem in any view, ${theme} theme`, async ({ scene, desktop, nodeCli }) => {
    scene.configure({ osScheduler: 'in-process', theme });
    const good = await nodeCli.createShellTask('Copy photos', 'every day at 9am', 'echo copied');
    const bad = await nodeCli.createShellTask('Broken backup', 'every day at 9am', 'echo "no such disk" >&2; exit 3');
    await nodeCli.run('trigger', good.id);
    await nodeCli.run('trigger', bad.id);
    await nodeCli.run('pause', good.id);
    const app = await scene.launch();
    const window = new MainWindow(await app.window());
    const check = async (name: string, page = window.page): Promise<void> => {
      await app.picture(page, `${name}-${theme}`);
      expect.soft(await seriousFindings(page, theme), name).toEqual([]);
    };

    for (const view of [
      'Overview',
      'Tasks',
      'Runs',
      'Timeline',
      'Insights',
      'Activity',
      'Also on this machine',
      'Settings',
    ] as const) {
      await window.open(view);
      await expect(window.link(view)).toHaveAttribute('aria-current', 'page');
      await check(view.toLowerCase());
    }
    await window.page.getByRole('button', { name: 'Start the tour' }).click();
    await check('tour');
    await window.page.getByRole('button', { name: 'Show the recipes' }).click();
    await check('recipes');
    await window.page.getByRole('button', { name: 'Back up a folder with restic' }).click();
    await check('recipe');
    await window.page.keyboard.press('Escape');
    await window.page.getByRole('button', { name: 'Skip the tour' }).click();
    await window.open('Tasks');
    await window.groups.task('Broken backup').focus();
    await window.page.keyboard.press('x');
    await window.page.keyboard.press(' ');
    await expect(window.page.getByRole('complementary', { name: 'Details of Broken backup' })).toContainText(
      'no such disk',
    );
    await check('task-list');
    await window.page.keyboard.press('?');
    await expect(window.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await check('shortcuts');
    await window.page.keyboard.press('Escape');
    // The first Escape closes the list of shortcuts, the second the details of the task.
    await window.page.keyboard.press('Escape');
    await window.groups.task('Broken backup').press('Enter');
    await expect(window.page.getByRole('region', { name: 'Figures' })).toBeVisible();
    for (const tab of ['Log', 'Schedule', 'History', 'Environment'] as const) {
      await window.page.getByRole('tab', { name: tab }).click();
      await check(`task-page-${tab.toLowerCase()}`);
    }
    await window.open('Runs');
    await window.executions.openNewest('Broken backup');
    await expect(window.log.line('no such disk')).toBeVisible();
    await check('execution');
    await window.page.getByRole('button', { name: 'Fix command' }).click();
    await expect(window.page.getByLabel('Command', { exact: true })).toBeFocused();
    await check('fix-command');
    await window.page.keyboard.press('Escape');
    await window.newTask();
    await expect(window.editor.name).toBeVisible();
    await check('editor');
    for (const name of ['Pick from a form', /^After other tasks/, /^Time zone, folder/]) {
      await window.editor.dialog.getByRole('button', { name }).click();
    }
    await check('editor-open');
    await window.page.keyboard.press('Escape');
    await window.open('Settings');
    await window.page.getByRole('button', { name: 'Connect an agent' }).click();
    await expect(window.page.getByRole('dialog', { name: 'Connect an agent' })).toBeVisible();
    await check('connect-agent');
    await window.page.keyboard.press('Escape');
    await window.page.keyboard.press('Control+k');
    await expect(window.page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
    await check('palette');
    await desktop.tray.click(/^Quick add/);
    const quickAdd = new QuickAddWindow(await app.quickAddWindow());
    await quickAdd.field.fill('every weekday at 9am: echo good morning');
    await check('quick-add', quickAdd.page);
  });
}
