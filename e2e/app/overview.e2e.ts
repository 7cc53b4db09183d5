import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test('the bars of the last 14 days are drawn as high as their counts', async ({ scene, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  await nodeCli.createShellTask('Good', '17 3 9 2 *', 'true');
  await nodeCli.createShellTask('Bad', '17 3 9 2 *', 'false');
  for (const task of ['Good', 'Good', 'Good', 'Bad']) await nodeCli.run('trigger', task);
  const app = await scene.launch();
  const { page } = new MainWindow(await app.window());
  const today = page.getByRole('button', { name: /: 4 runs, 1 failed$/ });
  await expect(today).toBeVisible();
  const bars = await today.evaluate((button) =>
    [...button.querySelectorAll('[style]')].map((bar) => {
      const { width, height } = bar.getBoundingClientRect();
      return { width, height };
    }),
  );
  await app.picture(page, 'chart');
  const [bad, good] = bars;
  const column = await today.boundingBox();
  expect(bars.map(({ width }) => width)).toEqual([column?.width, column?.width]);
  expect(bad?.height).toBeGreaterThan(3);
  expect((good?.height ?? 0) / (bad?.height ?? 1)).toBeCloseTo(3, 0);
  await today.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: /: no runs$/ }).last()).toBeFocused();
  await page.keyboard.press('End');
  await expect(today).toBeFocused();
});
