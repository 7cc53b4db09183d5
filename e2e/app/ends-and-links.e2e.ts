import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import type { Desktop } from '../fixtures/desktop.ts';
import { processesWith } from '../fixtures/processes.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('SIGTERM, which is sent at the end of a session, stops running tasks and leaves no process behind', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  const app = await scene.launch('--hidden');
  await isLeading(desktop);
  // The argument of sleep identifies the process: no other process has it.
  const task = await nodeCli.createShellTask('Long copy', '0 3 1 1 *', 'sleep 61.747');
  await nodeCli.json('trigger', task.id, '--no-wait');
  await until('the task runs', () => processesWith('sleep 61.747').length > 0);
  app.process.kill('SIGTERM');
  expect(await app.ended()).toBe(0);
  expect((await nodeCli.executions()).map(({ status }) => status)).toEqual(['cancelled']);
  expect(processesWith('sleep 61.747')).toEqual([]);
});

test('Quit asks while a task is running, and says what keeps running', async ({ scene, desktop, nodeCli }) => {
  const app = await scene.launch('--hidden');
  await isLeading(desktop);
  const task = await nodeCli.createShellTask('Long copy', '0 3 1 1 *', 'sleep 61.753');
  await nodeCli.json('trigger', task.id, '--no-wait');
  await until('the task runs', () => processesWith('sleep 61.753').length > 0);
  // Playwright cannot reach the system's dialog, so the test replaces it and gives the answer.
  await app.electron.evaluate(({ dialog }) => {
    const asked: string[] = [];
    const answers = [1, 0];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (async (options: Electron.MessageBoxOptions) => {
      asked.push(`${options.message} ${options.detail ?? ''}`);
      return { response: answers.shift() ?? 1, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  });
  const asked = () => app.evaluate(() => (globalThis as { asked?: string[] }).asked ?? []);
  // The menu is replaced when the run appears in it, and its items get new ids: a click meanwhile may hit another item.
  await until('the menu lists the run', async () =>
    (await desktop.tray.menu()).some(({ label }) => label.includes('Long copy')),
  );
  await desktop.tray.click('Quit');
  await until('it asks', async () => (await asked()).length === 1);
  expect((await asked())[0]).toContain('“Long copy” is running');
  expect((await asked())[0]).toContain('no task runs on schedule until you open NCP Scheduler again');
  expect(app.process.exitCode).toBeNull();
  await desktop.tray.click('Quit');
  expect(await app.ended()).toBe(0);
  expect((await nodeCli.executions()).map(({ status }) => status)).toEqual(['cancelled']);
});

test('a link opens its run, with the app running or not', async ({ scene, nodeCli }) => {
  const task = await nodeCli.createShellTask('Linked', '0 3 1 1 *', 'echo "the linked line"');
  await nodeCli.json('trigger', task.id);
  const [execution] = await nodeCli.executions();
  const app = await scene.launch(`ncp-scheduler://execution/${execution?.executionId ?? ''}`);
  const window = new MainWindow(await app.window());
  await expect(window.log.line('the linked line').first()).toBeVisible();
  await window.open('Tasks');
  await expect(window.log.region).toBeHidden();
  scene.start(`ncp-scheduler://execution/${execution?.executionId ?? ''}`);
  await expect(window.log.line('the linked line').first()).toBeVisible();
});

test('an invalid link is refused with a message, with the app running or not', async ({ scene }) => {
  const app = await scene.launch('ncp-scheduler://nowhere/äöü');
  const { page } = new MainWindow(await app.window());
  await expect(page.getByText('“ncp-scheduler://nowhere/äöü” is not valid')).toBeVisible();
  scene.start('ncp-scheduler://execution/“quoted”');
  await expect(page.getByText('“ncp-scheduler://execution/“quoted”” is not valid')).toBeVisible();
});

test('the app asks once about start at login; the autostart file is written and removed', async ({
  scene,
  nodeCli,
}) => {
  scene.env['XDG_CONFIG_HOME'] = join(scene.folder, 'config-home');
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await nodeCli.createShellTask('Any', '0 3 1 1 *', 'true');
  await app.picture(window.page, 'asked');
  await window.page.getByRole('button', { name: 'Start at login' }).click();
  await expect(window.page.getByRole('button', { name: 'Start at login' })).toBeHidden();
  const folder = join(scene.folder, 'config-home/autostart');
  const file = await until('the file is there', () => readdirSync(folder)[0]);
  const entry = readFileSync(join(folder, file), 'utf8');
  expect(entry).toContain('--hidden --data-dir');
  await window.open('Settings');
  await app.picture(window.page, 'settings');
  await window.page.getByRole('switch', { name: 'Start at login' }).click();
  await until('the file is gone', () => !existsSync(join(folder, file)));
});

/** Waits until the app runs the tasks: it draws its icon after that. Before, a run would be the command line's own. */
async function isLeading(desktop: Desktop): Promise<void> {
  await desktop.tray.menu();
}
