import { expect, test } from '../fixtures/app.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('the list of tasks is worked with the keyboard alone, and one Undo reverses a change of several', async ({
  scene,
  nodeCli,
}) => {
  for (const name of ['Ant', 'Bee', 'Cat']) await nodeCli.createShellTask(name, 'every day at 3am', `echo ${name} ran`);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page, groups } = window;
  const { keyboard } = page;
  const paused = async () =>
    (await nodeCli.json<{ tasks: { status: string }[] }>('list')).tasks.filter(({ status }) => status === 'paused')
      .length;
  await window.open('Tasks');

  await test.step('arrows and letters move one stop of Tab', async () => {
    await page.getByRole('treegrid', { name: 'Tasks' }).locator('[tabindex="0"]').first().focus();
    await keyboard.press('ArrowDown');
    await expect(groups.task('Ant')).toBeFocused();
    await keyboard.press('j');
    await expect(groups.task('Bee')).toBeFocused();
    await keyboard.press('End');
    await expect(groups.task('Cat')).toBeFocused();
    await keyboard.press('ArrowRight');
    await expect(groups.task('Cat').getByRole('button', { name: 'Run now' })).toBeFocused();
    await keyboard.press('ArrowLeft');
    await expect(groups.task('Cat')).toBeFocused();
  });

  await test.step('R runs a task, and Space shows the end of its log', async () => {
    await keyboard.press('r');
    await until('it ran', async () => (await nodeCli.executions('--status', 'success')).length === 1);
    await keyboard.press(' ');
    const details = page.getByRole('complementary', { name: 'Details of Cat' });
    await expect(details.getByRole('region', { name: 'End of the last log' })).toContainText('Cat ran');
    await expect(groups.task('Cat').getByRole('img', { name: 'Last run: 1 succeeded, 0 failed' })).toBeVisible();
    await app.picture(page, 'peek');
    await keyboard.press('Escape');
    await expect(details).toBeHidden();
  });

  await test.step('a change of the chosen tasks is undone at once', async () => {
    await keyboard.press('Control+a');
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
    await expect(bar.getByText('3 tasks selected')).toBeVisible();
    await keyboard.press('k');
    await keyboard.press('x');
    await expect(bar.getByText('2 tasks selected')).toBeVisible();
    await app.picture(page, 'selection');
    await keyboard.press('p');
    await until('two are paused', async () => (await paused()) === 2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until('all are active', async () => (await paused()) === 0);
  });

  await test.step('Del deletes the chosen tasks, and the focus stays in the list', async () => {
    await groups.task('Bee').focus();
    await keyboard.press('Delete');
    await expect(groups.task('Cat')).toBeHidden();
    await expect(groups.task('Bee')).toBeFocused();
    await keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await app.picture(page, 'shortcuts');
    await keyboard.press('Escape');
    await expect(groups.task('Bee')).toBeFocused();
  });
});

test('tags are set in the task dialog and filter a list that is saved as a view', async ({ scene, nodeCli }) => {
  await nodeCli.createShellTask('Tagged', 'every day at 3am', 'true');
  await nodeCli.createShellTask('Other', 'every hour', 'true', '--tag', 'web');
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page, groups } = window;
  await window.open('Tasks');

  await groups.task('Tagged').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await window.editor.openMore();
  await window.editor.dialog.getByLabel('Tags').fill('backup');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove the tag backup' })).toBeVisible();
  await window.editor.save();
  await groups.task('Tagged').getByRole('button', { name: 'Show tasks with the tag backup' }).click();
  await expect(groups.task('Other')).toBeHidden();
  await page.getByRole('combobox', { name: 'Arrange tasks' }).selectOption('none');
  await page.getByRole('button', { name: 'Save view…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Backups');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(groups.task('Other')).toBeVisible();
  await page.getByRole('button', { name: 'Backups', exact: true }).click();
  await expect(groups.task('Other')).toBeHidden();
  await expect(groups.task('Tagged')).toBeVisible();
  await app.picture(page, 'saved-view');
  expect((await nodeCli.json<{ tasks: { name: string }[] }>('list', '--tag', 'backup')).tasks).toMatchObject([
    { name: 'Tagged' },
  ]);
});
