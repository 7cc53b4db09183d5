import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('a run can be repeated with different input without changing the task', async ({ scene, nodeCli }) => {
  const task = await nodeCli.createShellTask('Greet', 'every day at 3am', 'echo hello');
  await nodeCli.run('trigger', task.id);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Runs');
  await window.executions.openNewest('Greet');
  await window.page.getByRole('button', { name: 'Run with different input' }).click();
  const dialog = window.page.getByRole('dialog', { name: 'Run “Greet” again' });
  await expect(dialog.getByLabel('Command')).toHaveValue('echo hello');
  await dialog.getByLabel('Command').fill('echo other words');
  await app.picture(window.page, 'other-input');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(window.log.line('other words')).toBeVisible();
  const [stored] = await nodeCli.tasks();
  expect(stored?.parameters).toEqual({ command: 'echo hello' });
  await expect(window.page.getByRole('button', { name: 'Re-run', exact: true })).toBeVisible();
});

test('every attempt at a slot is one click away, and the run says why it ran', async ({ scene, nodeCli }) => {
  const policies = ['--retries', '1', '--retry-delay', '0s'];
  await nodeCli.createShellTask('Flaky', 'every day at 3am', 'echo "attempt $NCP_ATTEMPT"; exit 1', ...policies);
  const [timing] = await nodeCli.timings();
  const slot = timing?.nextRuns[0] ?? '';
  await nodeCli.run('_timing-run', timing?.id ?? '', '--slot', slot);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Runs');
  await expect(window.executions.rows('Flaky', 'failure')).toHaveCount(2);
  await window.executions.openNewest('Flaky');
  await expect(window.log.line('attempt 2')).toBeVisible();
  await expect(window.page.getByText('The first attempt failed.')).toBeVisible();
  const attempts = window.page.getByRole('list', { name: 'Attempts' });
  await app.picture(window.page, 'attempts');
  await attempts.getByRole('link', { name: 'Attempt 1' }).click();
  await expect(window.log.line('attempt 1')).toBeVisible();
});

test('runs can be filtered by group and text', async ({ scene, nodeCli }) => {
  const morning = await nodeCli.createShellTask('Morning', 'every day at 9am', 'true');
  const evening = await nodeCli.createShellTask('Evening', 'every day at 9pm', 'exit 1');
  await nodeCli.run('trigger', morning.id);
  await nodeCli.run('trigger', evening.id);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Runs');
  const { rows } = { rows: () => window.executions.table.getByRole('row') };
  await expect(rows()).toHaveCount(3);
  await window.page.getByRole('button', { name: /^Group: / }).click();
  await window.page.getByRole('combobox', { name: 'Group' }).fill('21:00');
  await window.page.keyboard.press('Enter');
  await expect(rows()).toHaveCount(2);
  await expect(window.executions.rows('Evening')).toHaveCount(1);
  await app.picture(window.page, 'by-group');
  await window.page.getByRole('button', { name: /^Group: / }).click();
  await window.page.getByRole('option', { name: 'Any group' }).click();
  await window.page.getByLabel('Search runs').fill('morn');
  await expect(window.executions.rows('Morning')).toHaveCount(1);
  await expect(window.executions.rows('Evening')).toHaveCount(0);
});
