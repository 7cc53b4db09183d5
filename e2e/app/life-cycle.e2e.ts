import { expect, test } from '../fixtures/app.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';
import { QuickAddWindow } from '../pages/quick-add-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('closing the window keeps the app in the tray, and a second launch shows the window again', async ({
  scene,
  desktop,
}) => {
  const app = await scene.launch();
  await (await app.window()).close();
  await until('no window is left', async () => (await app.visibleWindows()) === 0);
  expect(app.process.exitCode).toBeNull();
  await until('a tray icon', () => desktop.tray.itemCount === 1);

  scene.start();
  await until('the first instance shows its window', async () => (await app.visibleWindows()) === 1);
  const window = new MainWindow(await app.window());
  await expect(window.link('Overview')).toBeVisible();
  expect(desktop.tray.itemCount).toBe(1);
});

test('a hidden start shows no window; the tray opens it', async ({ scene, desktop }) => {
  const app = await scene.launch('--hidden');
  await until('a tray icon', () => desktop.tray.itemCount === 1);
  expect(await app.visibleWindows()).toBe(0);
  await desktop.tray.click(/^(Open|Show)/);
  await until('the window is shown', async () => (await app.visibleWindows()) === 1);
  await expect(new MainWindow(await app.window()).link('Tasks')).toBeVisible();
});

test('quick-add from the tray creates a task', async ({ scene, desktop, nodeCli }) => {
  const app = await scene.launch('--hidden');
  await desktop.tray.click(/^Quick add/);
  const quickAdd = new QuickAddWindow(await app.quickAddWindow());
  await quickAdd.field.fill('every weekday at 9am: echo good morning');
  await app.picture(quickAdd.page, 'quick-add-typed');
  await quickAdd.save();
  const task = await until('the task is there', async () => (await nodeCli.tasks())[0]);
  expect(task).toMatchObject({
    tool: 'shell:run',
    cronExpression: '0 9 * * 1-5',
    parameters: { command: 'echo good morning' },
  });
});
