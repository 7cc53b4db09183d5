import { rmSync } from 'node:fs';
import { expect, test } from '../fixtures/app.ts';
import { systemdMissing } from '../fixtures/os-schedulers.ts';
import { MainWindow } from '../pages/main-window.ts';

test('the overview finds a removed OS entry and fixes it', async ({ scene, cli }) => {
  test.skip(systemdMissing !== null, String(systemdMissing));
  scene.configure({ osScheduler: 'systemd' });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.createTask({ name: 'Watched', schedule: 'every monday at 9am', tool: 'shell:run', command: 'true' });
  const [timing] = await cli.timings();
  rmSync(timing?.osEntry.path ?? '');
  const card = window.page.getByRole('region', { name: 'Operating system' });
  await card.getByRole('button', { name: 'Check now' }).click();
  await expect(card.getByText('Problem').first()).toBeVisible({ timeout: 60_000 });
  await app.picture(window.page, 'removed-entry');
  await card.getByRole('button', { name: 'Fix' }).click();
  await expect(window.page.getByText(/Fixed [0-9]+ problem/)).toBeVisible({ timeout: 60_000 });
  expect((await cli.timings()).map(({ osEntry }) => osEntry.state)).toEqual(['installed']);
});

test('a task is moved to another group after a dialog explains what changes', async ({ scene, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  await nodeCli.createShellTask('Mover', 'every day at 9am', 'true');
  await nodeCli.createShellTask('Stayer', 'every monday at 6pm', 'true');
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Tasks');
  // Wait for this banner, because it would move the groups while they are dragged.
  await expect(window.page.getByRole('button', { name: 'Start at login' })).toBeVisible();

  await test.step('with the mouse', async () => {
    await window.groups.task('Mover').dragTo(window.groups.task('Stayer'));
    const dialog = window.page.getByRole('dialog', { name: 'Move “Mover”' });
    await expect(dialog.getByText('It is the last task in its group')).toBeVisible();
    await app.picture(window.page, 'move');
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await expect(window.groups.group('Every day at 9:00')).toBeHidden();
    await window.page.getByRole('button', { name: 'Undo' }).click();
    await expect(window.groups.group('Every day at 9:00')).toBeVisible();
  });

  await test.step('with the menu and the keyboard', async () => {
    await window.page.getByRole('button', { name: 'More actions for Mover' }).press('Enter');
    await window.page.getByRole('menuitem', { name: 'Move to another group' }).press('Enter');
    const dialog = window.page.getByRole('dialog', { name: 'Move “Mover”' });
    await dialog.getByRole('button', { name: 'Group' }).press('Enter');
    await window.page.getByRole('combobox', { name: 'Group' }).press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Move', exact: true }).press('Enter');
    await expect(window.groups.group('Every day at 9:00')).toBeHidden();
    expect((await nodeCli.timings()).map(({ taskIds }) => taskIds.length)).toEqual([2]);
  });
});

test('settings: a server lists its tools, a report is created, and secrets say where their key is', async ({
  scene,
}) => {
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Settings');
  const servers = window.page.getByRole('region', { name: 'MCP servers' });
  await servers.getByRole('button', { name: 'List tools' }).click();
  await expect(servers.getByText(/^\d+ tools$/)).toBeVisible({ timeout: 60_000 });
  await servers.getByText('Tools of filesystem').click();
  await expect(servers.getByText('filesystem:list_directory', { exact: true })).toBeVisible();

  await window.page.getByRole('button', { name: 'Create a diagnostics report' }).click();
  const report = window.page.getByRole('dialog', { name: 'Diagnostics report' });
  await expect(report.getByText('# NCP Scheduler: diagnostics')).toBeVisible({ timeout: 60_000 });
  await expect(report.getByText('filesystem: stdio')).toBeVisible();
  await app.picture(window.page, 'report');
  await report.getByRole('button', { name: 'Close' }).click();

  // The throwaway user has no keyring.
  const secrets = window.page.getByRole('region', { name: 'Secrets' });
  await expect(secrets.getByText(/no keyring is available/)).toBeVisible();
  await window.page.getByRole('radio', { name: 'Larger' }).click();
  await app.picture(window.page, 'settings-larger');
});

test('a run whose secret is not available fails with the reason and starts nothing', async ({ scene, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const task = await nodeCli.createShellTask('Deploy', 'every day at 3am', 'echo "started with ${secret:TOKEN}"');
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Tasks');
  await window.groups.runNow('Deploy');
  const messages = window.page.getByRole('region', { name: 'Messages' });
  await expect(messages.getByRole('alert')).toContainText('“Deploy” failed: There is no secret "TOKEN"');
  await window.open('Runs');
  await window.executions.openNewest('Deploy');
  await expect(window.page.getByRole('main').getByRole('alert')).toContainText('There is no secret "TOKEN"');
  const [execution] = await nodeCli.executions('--task', task.id);
  expect(execution).toMatchObject({ status: 'failure', error: { code: 'secret/not-found' } });
  await app.picture(window.page, 'no-secret');
});

test('the timeline can be zoomed and scrolled with the keyboard', async ({ scene, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const task = await nodeCli.createShellTask('Often', 'every hour', 'true');
  await nodeCli.run('trigger', task.id);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Timeline');
  const region = window.page.getByRole('region', { name: 'Timeline' });
  await region.focus();
  await expect(window.page.getByRole('radio', { name: 'Day', exact: true })).toBeChecked();
  await window.page.keyboard.press('-');
  await expect(window.page.getByRole('radio', { name: '3 days' })).toBeChecked();
  const before = await region.evaluate((element) => element.scrollLeft);
  await window.page.keyboard.press('ArrowRight');
  await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(before);
  await expect(region.getByRole('link', { name: /Often: Success/ })).toBeVisible();
  await app.picture(window.page, 'timeline');
});

test('the window reopens in the same place with the same filters', async ({ scene }) => {
  scene.configure({ osScheduler: 'in-process' });
  const first = await scene.launch();
  const window = new MainWindow(await first.window());
  await window.open('Runs');
  await window.page.getByLabel('Search runs').fill('backup');
  await expect(window.page.getByText('No runs match these filters')).toBeVisible();
  await first.resizeWindow({ x: 40, y: 50, width: 900, height: 640 });
  await first.closeWindow();
  await first.close();
  const second = await scene.launch();
  const again = new MainWindow(await second.window());
  await again.open('Runs');
  await expect(again.page.getByLabel('Search runs')).toHaveValue('backup');
  expect(await second.windowSize()).toEqual([900, 640]);
});
