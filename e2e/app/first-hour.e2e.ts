import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test('the tour is walked by keyboard, offered once, and started again from the palette', async ({ scene }) => {
  scene.configure({ osScheduler: 'in-process', tourSeen: false });
  const app = await scene.launch();
  const { page, recipes } = new MainWindow(await app.window());
  const tour = page.getByRole('region', { name: 'Tour' });
  const title = (name: string) => tour.getByRole('heading', { name });
  await expect(title('A task is something to run, and when')).toBeVisible();
  await tour.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(title('The tray shows how your tasks are doing')).toBeFocused();
  await tour.getByRole('button', { name: 'Skip the tour' }).press('Enter');
  await expect(tour).toBeHidden();
  await expect(page.locator('body')).not.toBeFocused();

  await page.reload();
  await expect(recipes.start).toBeVisible();
  await expect(tour).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('start the tour');
  await page.keyboard.press('Enter');
  await expect(title('A task is something to run, and when')).toBeFocused();
});

test('a recipe names a wrong field, makes a task, and Ctrl+Z deletes it', async ({ scene }) => {
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page, recipes } = window;
  const recipe = await recipes.open('Check that a site answers');
  const url = recipe.getByLabel('URL');
  await expect(url).toBeFocused();
  await url.fill('example.org');
  await url.press('Enter');
  await expect(recipe.getByRole('alert')).toHaveText(/^URL must begin with https:/);
  await expect(url).toBeFocused();
  await url.fill('https://example.org/health');
  await expect(recipe.getByRole('region', { name: 'The task' })).toContainText('GET https://example.org/health');
  await url.press('Enter');
  await expect(recipe).toBeHidden();
  await window.open('Tasks');
  await expect(window.groups.task('Check example.org')).toBeVisible();
  // The toast with Undo is gone after eight seconds, which a slow machine may need for the steps above.
  await page.keyboard.press('Control+z');
  await expect(recipes.start).toBeVisible();
});
