import { expect, test } from '../fixtures/app.ts';
import { KeyboardOnly } from '../pages/keyboard-only.ts';
import { MainWindow } from '../pages/main-window.ts';

test('everything is done with the keyboard alone, and the focus is always seen', async ({ scene }) => {
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page, editor, groups } = window;
  const keys = new KeyboardOnly(page);
  const task = groups.task('Typed by hand');
  await expect(window.link('Overview')).toBeVisible();

  await test.step('create a task', async () => {
    await keys.press('Control+n');
    await expect(editor.command).toBeFocused();
    await keys.type('echo made without a mouse');
    await keys.tabTo('Schedule');
    await keys.type('every day at 6pm');
    await keys.tabTo('Name');
    await keys.type('Typed by hand');
    await expect(editor.nextRuns).toHaveCount(5);
    await keys.tabTo('Save');
    await keys.press('Enter');
    await expect(editor.dialog).toBeHidden();
  });

  await test.step('run it from the palette', async () => {
    await keys.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
    await keys.type('run typed by hand');
    await keys.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('find it and look at its details', async () => {
    await keys.press('Control+2', '/');
    await keys.type('typed');
    await keys.press('ArrowDown', ' ');
    await expect(page.getByRole('complementary', { name: 'Details of Typed by hand' })).toBeVisible();
    await keys.press('Escape');
    await expect(task).toBeFocused();
  });

  await test.step('pause it, and undo that', async () => {
    await keys.press('p');
    await expect(task.getByRole('button', { name: 'Resume' })).toBeVisible();
    await keys.press('Control+z');
    await expect(task.getByRole('button', { name: 'Pause' })).toBeVisible();
  });

  await test.step('open the log of its run, and search a line', async () => {
    await keys.press('Control+3');
    await expect(window.executions.rows('Typed by hand', 'success')).toHaveCount(1);
    await keys.tabTo('Typed by hand');
    await keys.press('Enter');
    await expect(window.log.line('made without a mouse')).toBeVisible();
    await keys.press('e');
    await expect(editor.command).toBeFocused();
    await keys.press('Escape');
    await expect(editor.dialog).toBeHidden();
    await keys.press('/');
    await keys.type('without a');
    await keys.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: '1 of 1' })).toBeVisible();
    await app.picture(page, 'searched');
    // The first Escape clears the search, the second leaves the run.
    await keys.press('Escape', 'Escape');
    await expect(window.executions.table).toBeVisible();
  });

  await test.step('ask for an alert channel in the settings, and leave it', async () => {
    await keys.press('Control+5');
    await keys.tabTo('Add a channel');
    await keys.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await keys.press('Tab', 'Escape');
    await expect(page.getByRole('button', { name: 'Add a channel' })).toBeFocused();
  });

  await test.step('delete the task, and bring it back from Activity', async () => {
    await keys.press('Control+2', '/', 'ArrowDown', 'Delete');
    await expect(task).toBeHidden();
    await keys.press('Control+6');
    await keys.tabTo('Undo');
    await keys.press('Enter');
    await keys.press('Control+2');
    await expect(task).toBeVisible();
  });

  for (const [shortcut, view] of [
    ['Control+1', 'Overview'],
    ['Control+2', 'Tasks'],
    ['Control+3', 'Runs'],
    ['Control+4', 'Timeline'],
    ['Control+5', 'Settings'],
    ['Control+6', 'Activity'],
    ['Control+7', 'Insights'],
  ] as const) {
    await test.step(`every control of ${view} has a name and shows the focus`, async () => {
      await keys.press(shortcut);
      await expect(window.link(view)).toHaveAttribute('aria-current', 'page');
      await keys.checkControls();
    });
  }
});
