import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('a draft can be tested and fixed before it is saved', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  const result = editor.dialog.getByRole('region', { name: 'Test run result' });

  await test.step('errors are shown beside their fields', async () => {
    await editor.button('Test run').click();
    await expect(editor.command).toHaveAccessibleDescription('Enter the command to run.');
    await editor.openMore();
    await editor.workingDirectory.fill('/no/such/folder');
    await editor.command.fill('pwd');
    await editor.button('Test run').click();
    await expect(editor.workingDirectory).toHaveAccessibleDescription(/does not exist/);
    await editor.workingDirectory.fill(scene.files);
  });

  await test.step('a failing test run shows its log and outcome live', async () => {
    await editor.command.fill('echo "trying in $(pwd)"; sleep 1; echo "no such disk" >&2; exit 3');
    await editor.button('Test run').click();
    await expect(result.getByText(`trying in ${scene.files}`, { exact: true })).toBeVisible();
    await expect(result.getByRole('status')).toContainText('Failed');
    await expect(result.getByRole('status')).toContainText('exit code 3');
    await expect(result.getByText('no such disk', { exact: true })).toBeVisible();
    await app.picture(window.page, 'test-run-failed');
  });

  await test.step('the fixed draft succeeds, and testing saved nothing', async () => {
    await editor.command.fill('echo repaired');
    await editor.button('Test run').click();
    await expect(result.getByRole('status')).toContainText('Success');
    expect(await nodeCli.tasks()).toEqual([]);
    const runs = await nodeCli.executions();
    expect(runs.map(({ trigger, status }) => `${trigger} ${status}`).sort()).toEqual(['test failure', 'test success']);
  });

  await test.step('the environment is compared with a login shell', async () => {
    await result.getByRole('radio', { name: 'Environment' }).click();
    await expect(result.getByText(/Tasks get/).first()).toBeVisible({ timeout: 60_000 });
    await app.picture(window.page, 'environment');
  });

  await editor.name.fill('Tried first');
  await editor.schedule.fill('every day at 6pm');
  await editor.save();
  expect((await nodeCli.tasks()).map(({ name }) => name)).toEqual(['Tried first']);
});

test('the schedule builder makes a schedule', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  await editor.name.fill('Clicked');
  await editor.command.fill('true');
  await editor.dialog.getByRole('button', { name: 'Pick from a form' }).click();
  const builder = editor.dialog.getByRole('group', { name: 'Schedule builder' });
  await builder.getByRole('radio', { name: 'Week' }).click();
  await builder.getByLabel('At', { exact: true }).fill('18:30');
  for (const day of ['Wed', 'Thu', 'Fri']) await builder.getByRole('button', { name: day }).click();
  await expect(editor.schedule).toHaveValue('every Monday and Tuesday at 18:30');
  await expect(editor.nextRuns).toHaveCount(5);
  await app.picture(window.page, 'builder');
  await editor.save();
  expect((await nodeCli.timings()).map(({ cronExpression }) => cronExpression)).toEqual(['30 18 * * 1,2']);
});

test('a draft survives a reload of the page', async ({ scene }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  await editor.name.fill('Half typed');
  await editor.command.fill('echo "not lost"');
  await expect.poll(() => window.page.evaluate(() => localStorage.getItem('preferences'))).toContain('not lost');
  await window.page.reload();
  await window.page.getByRole('button', { name: 'Continue' }).click();
  await expect(editor.name).toHaveValue('Half typed');
  await expect(editor.command).toHaveValue('echo "not lost"');
  await editor.button('Cancel').click();
  await window.page.getByRole('button', { name: 'Keep editing' }).click();
  await expect(editor.name).toHaveValue('Half typed');
});

test('the editor shows runs in local time and names the words of a schedule that it does not understand', async ({
  scene,
}) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  await editor.schedule.fill('every weekday at 9am in Tokyo');
  await expect(editor.nextRuns).toHaveCount(5);
  await expect(editor.nextRuns.first()).toContainText('your time');
  await editor.schedule.fill('every blue day at 9am');
  await expect(editor.schedule).toHaveAccessibleDescription(/blue/);
  await app.picture(window.page, 'not-understood');
});

test('a task whose server is unreachable can be saved paused or unchecked', async ({ scene, nodeCli }) => {
  scene.configure({
    osScheduler: 'in-process',
    mcpServers: { away: { command: '/no/such/server', args: [] } },
  });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const question = window.page.getByRole('dialog', { name: '“away” cannot be reached' });

  for (const [name, choice] of [
    ['Waits for its server', 'Save paused'],
    ['Saved unchecked', 'Save anyway'],
  ] as const) {
    await test.step(choice, async () => {
      const editor = await window.newTask();
      await editor.name.fill(name);
      await editor.schedule.fill('every day at 6pm');
      await editor.dialog.getByLabel('Tool', { exact: true }).fill('away:list_things');
      await editor.dialog.getByLabel('Name', { exact: true }).click();
      await editor.button('Save').click();
      await expect(question).toContainText('/no/such/server');
      await app.picture(window.page, choice.toLowerCase().replace(' ', '-'));
      await question.getByRole('button', { name: choice }).click();
      await expect(editor.dialog).toBeHidden();
    });
  }
  expect((await nodeCli.tasks()).map(({ name, status }) => `${name}: ${status}`).sort()).toEqual([
    'Saved unchecked: active',
    'Waits for its server: paused',
  ]);
});

test('a line of a crontab typed as the schedule is taken over, with its command', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  await editor.schedule.fill('*/5 * * * * flock -n /tmp/l curl -fsS https://hc-ping.com/abc');
  await editor.dialog.getByRole('button', { name: /^Use “flock .*” as the command$/ }).click();
  await expect(editor.schedule).toHaveValue('*/5 * * * *');
  await expect(editor.command).toHaveValue('flock -n /tmp/l curl -fsS https://hc-ping.com/abc');
  await expect(editor.nextRuns).toHaveCount(5);
  await app.picture(window.page, 'crontab-line');
  await editor.save();
  expect((await nodeCli.tasks()).map(({ name }) => name)).toEqual(['curl hc-ping.com']);
});

test('Enter takes the first suggestion of the tool field, and does not submit the form', async ({ scene }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const editor = await window.newTask();
  await editor.tool.fill('http');
  await editor.tool.press('Enter');
  await expect(editor.tool).toHaveValue('http:request');
  await expect(editor.name).not.toHaveAttribute('aria-invalid', 'true');
  await expect(editor.dialog).toBeVisible();
});
