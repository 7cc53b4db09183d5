import { expect, test } from '../fixtures/app.ts';
import type { RunningApp } from '../fixtures/running-app.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

/** Evaluates a script in the page through the main process, because Playwright cannot use a page that crashed. */
const asked = (app: RunningApp, question: string): Promise<unknown> =>
  app.electron.evaluate(({ BrowserWindow }, script): Promise<unknown> => {
    const answer = BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script) as Promise<unknown>;
    // A page that crashes during the evaluation never answers.
    const none = new Promise((_, reject) => setTimeout(() => reject(new Error('the page does not answer')), 2000));
    return Promise.race([answer, none]);
  }, question);

const says = async (app: RunningApp, text: string): Promise<boolean> =>
  String(await asked(app, 'document.body.innerText')).includes(text);

test('a page that crashes reopens at the same view and shows what happened meanwhile', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Tasks');
  await nodeCli.createShellTask('Before the crash', '0 3 1 1 *', 'true');
  await expect(window.page.getByText('Before the crash')).toBeVisible();

  const before = app.pid;
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await nodeCli.createShellTask('While it was gone', '0 4 1 1 *', 'true');

  await until(
    'the page is back with both tasks',
    async () => {
      return (await says(app, 'Before the crash')) && (await says(app, 'While it was gone'));
    },
    60_000,
  );
  expect(await asked(app, 'location.hash')).toBe('#/groups');
  expect(app.pid).toBe(before);
  await nodeCli.createShellTask('After it was back', '0 5 1 1 *', 'true');
  await until('the page receives changes again', () => says(app, 'After it was back'));
});

test('unsaved changes are restored after a crash', async ({ scene }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  await editor.name.fill('Half a task');
  await editor.schedule.fill('every weekday at 9am');
  await expect(editor.dialog.getByRole('list', { name: 'Next runs' })).toBeVisible();
  // The draft is stored after a pause in typing.
  await expect.poll(() => window.page.evaluate(() => JSON.stringify(localStorage))).toContain('every weekday');

  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });

  await until('the draft is offered', () => says(app, 'Continue'), 60_000);
  await asked(
    app,
    `[...document.querySelectorAll('button')].find((button) => button.innerText === 'Continue').click()`,
  );
  const value = (label: string) =>
    `[...document.querySelectorAll('label')].find((label) => label.innerText === '${label}')?.control?.value`;
  await until('the dialog is open', async () => (await asked(app, value('Name'))) === 'Half a task');
  expect(await asked(app, value('Schedule'))).toBe('every weekday at 9am');
});
