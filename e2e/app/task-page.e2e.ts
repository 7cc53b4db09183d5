import type { Locator } from 'playwright';
import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

/** Returns the drawn size of each bar, oldest first. */
const sizesOf = (strip: Locator): Promise<{ width: number; height: number }[]> =>
  strip.evaluate((list) =>
    [...list.querySelectorAll('[data-bar]')].map((bar) => {
      const { width, height } = bar.getBoundingClientRect();
      return { width, height };
    }),
  );

test('the page of a task draws its runs as high as they took, and leads to their logs', async ({ scene, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const task = await nodeCli.createShellTask('Copy photos', 'every day at 9am', 'sleep 1; echo copied');
  await nodeCli.run('trigger', task.id);
  const failing = { command: 'sleep 3; echo "no such disk" >&2; exit 3' };
  await nodeCli.json('update', task.id, '--params', JSON.stringify(failing));
  await nodeCli.run('trigger', task.id);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page, groups, log } = window;
  await window.open('Tasks');
  await groups.task('Copy photos').press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Copy photos' })).toBeVisible();
  await expect(page.getByRole('main').getByText('no such disk (exit code 3)').first()).toBeVisible();

  await test.step('the bars match the data', async () => {
    const strip = page.getByRole('list', { name: 'Latest runs' });
    await expect(strip.getByRole('link')).toHaveCount(2);
    const durations = (await nodeCli.executions('--task', task.id)).map(({ duration }) => duration ?? 0).reverse();
    const sizes = await sizesOf(strip);
    await app.picture(page, 'strip');
    expect(Math.min(...sizes.map(({ width }) => width))).toBeGreaterThan(5);
    const [short = 0, long = 1] = sizes.map(({ height }) => height);
    expect(long).toBeGreaterThan(40);
    expect(short / long).toBeCloseTo((durations[0] ?? 0) / (durations[1] ?? 1), 1);
    await expect(strip.getByRole('listitem').last()).toContainText('×');
  });

  await test.step('a skipped run says so until Undo', async () => {
    await page.getByRole('button', { name: 'Skip next' }).click();
    await expect(page.getByRole('list', { name: 'Next runs' }).getByText('skipped')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('list', { name: 'Next runs' }).getByText('skipped')).toBeHidden();
  });

  await test.step('the keyboard opens the editor, moves over the runs, and opens a log', async () => {
    await page.keyboard.press('e');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await page
      .getByRole('link', { name: /^Failed/ })
      .first()
      .focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('link', { name: /^Success/ }).first()).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(log.line('no such disk')).toBeVisible();
  });
});

test('a slot that did not run leads to the facts behind it and to its fix', async ({ scene, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const { id, timingId } = await nodeCli.createShellTask('Hourly', 'every hour', 'true');
  await nodeCli.json('pause', id, '--note', 'disk full');
  const hour = 3_600_000;
  const slot = new Date(Math.ceil(Date.now() / hour) * hour).toISOString();
  await nodeCli.run('_timing-run', timingId, '--slot', slot);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page } = window;
  await expect(window.link('Overview')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
  await page.keyboard.type('Hourly');
  await expect(page.getByRole('option').first()).toContainText('Hourly');
  await page.keyboard.press('Enter');
  await page
    .getByRole('list', { name: 'Latest runs' })
    .getByRole('link', { name: /did not run/i })
    .click();
  await expect(page.getByRole('tab', { name: 'Schedule' })).toHaveAttribute('aria-selected', 'true');
  const why = page.getByRole('region', { name: /^Why it did not run/ });
  await expect(why.getByText(/^The task was paused .*Command line.*Note: disk full/)).toBeVisible();
  await app.picture(page, 'why');
  await why.getByRole('button', { name: 'Resume this task' }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect(why.getByRole('button', { name: 'Run missed slots…' })).toBeVisible();
});
