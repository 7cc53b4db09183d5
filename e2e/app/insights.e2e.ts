import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test('Insights names a task that always fails, and leads to it and to its run', async ({ scene, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const bad = await nodeCli.createShellTask('Broken backup', 'every day at 9am', 'echo "no such disk" >&2; exit 3');
  const good = await nodeCli.createShellTask('Copy photos', 'every day at 9am', 'echo copied');
  for (let run = 0; run < 3; run += 1) await nodeCli.run('trigger', bad.id);
  await nodeCli.run('trigger', good.id);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page } = window;
  const rows = page.getByRole('table', { name: 'What is unusual about tasks' }).getByRole('row');

  await expect(window.link('Overview')).toBeVisible();
  await page.keyboard.press('Control+7');
  await expect(rows.filter({ hasText: 'Always fails: all of its last 3 runs failed' })).toContainText('Broken backup');
  await expect(rows.nth(1)).toContainText('Broken backup');
  await expect(rows.nth(2)).toContainText('As usual: 1 run, none failed');
  await page.getByRole('button', { name: 'Time a day' }).click();
  await expect(page.getByRole('columnheader', { name: 'Time a day' })).toHaveAttribute('aria-sort', 'descending');
  await app.picture(page, 'insights');

  await page.getByRole('link', { name: 'Show run of Broken backup' }).click();
  await expect(window.log.line('no such disk')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await rows
    .filter({ hasText: 'Broken backup' })
    .getByRole('link', { name: 'Broken backup', exact: true })
    .press('Enter');
  await expect(page.getByRole('region', { name: 'Figures' })).toBeVisible();
});
