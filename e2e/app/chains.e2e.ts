import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test('a task stands beneath the one that it runs after, and its page leads to it', async ({ scene, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const first = await nodeCli.createShellTask('Zip photos', 'every day at 9am', 'echo zipped');
  const second = await nodeCli.createShellTask('Copy the archive', 'every day at 9am', 'echo copied');
  await nodeCli.run('update', second.id, '--after', first.id);
  await nodeCli.run('trigger', first.id);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page } = window;

  await window.open('Tasks');
  const rows = page.getByRole('row', { name: /^(?:Zip photos|Copy the archive)$/ });
  await expect(rows.nth(0)).toHaveAccessibleName('Zip photos');
  await expect(rows.nth(1)).toHaveAccessibleName('Copy the archive');
  await expect(rows.nth(1)).toHaveAttribute('aria-level', '3');
  await expect(rows.nth(1)).toContainText('after Zip photos');
  await app.picture(page, 'chain');

  await window.groups.task('Copy the archive').press('Enter');
  const before = page.getByRole('region', { name: 'Order of tasks' }).getByRole('list', { name: 'Runs after' });
  await expect(before).toContainText('if it succeeds');
  await before.getByRole('link', { name: 'Zip photos' }).click();
  await expect(page.getByRole('list', { name: 'Then runs' })).toContainText('Copy the archive');
});
