import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('a request is pasted as cURL, saved and run by the keyboard, and opened again in words', async ({
  scene,
  nodeCli,
}) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  const { dialog } = editor;
  const url = dialog.getByLabel('URL', { exact: true });
  await editor.name.fill('Report');
  await editor.schedule.fill('mon-fri at 9am');
  await editor.chooseTool('http:request');

  await test.step('a cURL command fills the form, says what it cannot keep, and can be undone', async () => {
    // The packaged page may not read the clipboard, so the button opens a text box.
    await dialog.getByRole('button', { name: 'Paste as cURL' }).click();
    const box = dialog.getByLabel('cURL command');
    await expect(box).toBeFocused();
    await box.fill("curl -m 20 -H 'Accept: text/plain' -d @data.json http://127.0.0.1:9/report");
    await dialog.getByRole('button', { name: 'Fill in the form' }).click();
    await expect(url).toBeFocused();
    await expect(url).toHaveValue('http://127.0.0.1:9/report');
    await expect(dialog.getByLabel('Value of header 1')).toHaveValue('text/plain');
    await expect(dialog.getByRole('status').filter({ hasText: 'data.json is not read' })).toBeVisible();
    await expect(dialog.getByRole('button', { name: /^Limits 20s limit/ })).toBeVisible();
    await app.picture(window.page, 'curl-pasted');
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect(url).toHaveValue('');
    await expect(dialog.getByRole('button', { name: /^Limits 5m limit/ })).toBeVisible();
    await url.fill('http://127.0.0.1:9/health');
  });

  await test.step('Save and run refuses an error, then shows the log of the run', async () => {
    await editor.schedule.fill('every blue moon');
    await window.page.keyboard.press('Control+Shift+Enter');
    await expect(editor.schedule).toBeFocused();
    expect(await nodeCli.executions()).toEqual([]);
    await editor.schedule.fill('mon-fri at 9am');
    await window.page.keyboard.press('Control+Shift+Enter');
    await expect(dialog).toBeHidden();
    await expect(window.log.region).toContainText('http://127.0.0.1:9/health');
    expect((await nodeCli.executions()).map(({ trigger }) => trigger)).toEqual(['manual']);
  });

  await test.step('opened again it shows words, and saving it unchanged changes nothing', async () => {
    const [before] = await nodeCli.tasks();
    await window.open('Tasks');
    await window.groups.task('Report').press('e');
    await expect(editor.schedule).toHaveValue('Weekdays at 9:00');
    await editor.save();
    const [after] = await nodeCli.tasks();
    expect(after?.updatedAt).toBe(before?.updatedAt);
  });
});

test('a task runs after another, circles are refused, and the builder writes words', async ({ scene, nodeCli }) => {
  await nodeCli.createShellTask('Backup', '0 3 * * *', 'true');
  await nodeCli.createShellTask('Summary', '0 4 * * *', 'true');
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { dialog } = window.editor;
  await window.open('Tasks');

  const openAndAdd = async (task: string, other: string) => {
    await window.groups.task(task).press('e');
    await dialog.getByRole('button', { name: /^After other tasks/ }).click();
    await dialog.getByRole('button', { name: 'Run after: Add a task…' }).click();
    await window.page.getByRole('combobox', { name: 'Run after' }).fill(other);
    await window.page.keyboard.press('Enter');
  };

  await openAndAdd('Summary', 'Backup');
  await dialog.getByRole('combobox', { name: 'When to run after Backup' }).selectOption('if it fails');

  await test.step('the builder writes words', async () => {
    await dialog.getByRole('button', { name: 'Pick from a form' }).click();
    const builder = dialog.getByRole('group', { name: 'Schedule builder' });
    await builder.getByRole('radio', { name: 'Minutes' }).click();
    await builder.getByLabel('From', { exact: true }).selectOption('9:00');
    for (const day of ['Mon', 'Fri']) await builder.getByRole('button', { name: day }).click();
    await expect(window.editor.schedule).toHaveValue('every 15 minutes from 9:00 to 17:00 on Monday and Friday');
    await expect(window.editor.nextRuns).toHaveCount(5);
    await app.picture(window.page, 'builder-window');
  });

  await window.editor.save();
  await expect(window.groups.task('Summary').getByText('after Backup fails')).toBeVisible();
  const summary = (await nodeCli.tasks()).find(({ name }) => name === 'Summary');
  expect(summary).toMatchObject({ cronExpression: '*/15 9-17 * * 1,5', policies: { after: [{ on: 'failure' }] } });

  await openAndAdd('Backup', 'Summary');
  await expect(dialog.getByRole('alert')).toContainText('Backup after Summary after Backup');
});
