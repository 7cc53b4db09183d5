import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('the keyboard alone makes a task, and never loses the focus', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const { page } = new MainWindow(await app.window());
  const dialog = page.getByRole('dialog', { name: 'New task' });
  const { keyboard } = page;

  await test.step('a refused form focuses its first invalid field', async () => {
    await page.getByRole('button', { name: 'New task' }).focus();
    await keyboard.press('Enter');
    await expect(dialog.getByLabel('Command', { exact: true })).toBeFocused();
    await keyboard.press('Control+Enter');
    await expect(dialog.getByLabel('Command', { exact: true })).toHaveAccessibleDescription(
      'Enter the command to run.',
    );
    await expect(dialog.getByLabel('Command', { exact: true })).toBeFocused();
    await keyboard.type('true');
    await expect(dialog.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/is called “true”/);
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await expect(dialog.getByLabel('Schedule', { exact: true })).toBeFocused();
    await keyboard.type('every blue moon');
    await keyboard.press('Enter');
    await expect(dialog.getByLabel('Schedule', { exact: true })).toHaveAccessibleDescription(/blue/);
    await expect(dialog.getByLabel('Schedule', { exact: true })).toBeFocused();
    await keyboard.press('Control+a');
    await keyboard.type('mon-fri at 18:30');
    await expect(dialog.getByText('Weekdays at 18:30')).toBeVisible();
  });

  await test.step('a question gives the focus back, and so does the dialog', async () => {
    await keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Keep editing' })).toBeFocused();
    // Radix ignores the key until it has drawn the question once more, which a busy machine does late.
    await expect(async () => {
      await keyboard.press('Escape');
      await expect(dialog.getByLabel('Schedule', { exact: true })).toBeFocused({ timeout: 3000 });
    }).toPass();
    await keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'New task' })).toBeFocused();
  });
  expect(await nodeCli.tasks()).toMatchObject([{ name: 'true', cronExpression: '30 18 * * 1-5' }]);
});

test('the form of an HTTP request makes its parameters', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  const { dialog } = editor;
  const url = dialog.getByLabel('URL', { exact: true });
  await editor.name.fill('Report');
  await editor.schedule.fill('every hour');
  await editor.chooseTool('http:request');
  await editor.button('Save').click();
  await expect(url).toBeFocused();
  await expect(url).toHaveAccessibleDescription(/Enter the address of the request/);
  await url.fill('https://example.org/report');
  await dialog.getByRole('button', { name: 'Add a header' }).click();
  await dialog.getByLabel('Name of header 1').fill('Accept');
  await dialog.getByLabel('Value of header 1').fill('text/plain');
  await dialog.getByRole('radiogroup', { name: 'Body', exact: true }).getByRole('radio', { name: 'JSON' }).click();
  await dialog.getByLabel('Content of the body').fill('{"done": true}');
  await dialog.getByLabel('Success when the status is').fill('200, 204');
  await app.picture(window.page, 'http-form');
  await editor.save();
  const [task] = await nodeCli.tasks();
  expect(task?.parameters).toEqual({
    url: 'https://example.org/report',
    method: 'POST',
    headers: { Accept: 'text/plain', 'Content-Type': 'application/json' },
    body: '{"done": true}',
    expectStatus: [200, 204],
  });
});
