import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('a run is followed live and can be cancelled', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  // The second part of the command waits until the test has seen the output of the first.
  const goOn = join(scene.folder, 'go-on');
  const ticks = (from: number, to: number) => `for i in $(seq ${from} ${to}); do echo "tick $i"; sleep 0.01; done`;
  const waiting = `while [ ! -e '${goOn}' ]; do sleep 0.1; done`;
  await nodeCli.createShellTask('Count', 'every day at 3am', `${ticks(1, 5)}; ${waiting}; ${ticks(6, 200)}; sleep 600`);
  await window.open('Tasks');
  await window.groups.runNow('Count');
  await window.open('Runs');
  await expect(window.executions.rows('Count', 'running')).toHaveCount(1);
  await window.executions.openNewest('Count');
  await expect(window.log.line('tick 5')).toBeInViewport();
  writeFileSync(goOn, '');
  await expect(window.log.line('tick 200')).toBeInViewport();
  await app.picture(window.page, 'following');
  await window.page.getByRole('button', { name: 'Cancel run' }).click();
  await until('it is cancelled', async () => (await nodeCli.executions('--status', 'cancelled')).length === 1);
  await expect(window.page.getByRole('button', { name: 'Re-run' })).toBeVisible();
});

test('a change by the command line appears in the window', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Tasks');
  const task = await nodeCli.createShellTask('From outside', 'every day at 3am', 'true');
  await expect(window.groups.task('From outside')).toBeVisible();
  await nodeCli.json('pause', task.id, '--note', 'on holiday');
  await expect(window.groups.task('From outside').getByRole('button', { name: 'Resume' })).toBeVisible();
  await nodeCli.json('trigger', task.id);
  await window.open('Runs');
  await expect(window.executions.rows('From outside', 'success')).toHaveCount(1);
  await nodeCli.json('delete', task.id);
  await window.open('Tasks');
  await expect(window.groups.task('From outside')).toBeHidden();
});

test('a group and its OS entry appear with the first task and disappear with the last', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.createTask({ name: 'Only one', schedule: 'every monday at 9am', tool: 'shell:run', command: 'true' });
  await window.open('Tasks');
  await expect(window.groups.task('Only one')).toBeVisible();
  const [task] = await nodeCli.tasks();
  await nodeCli.json('delete', task?.id ?? '');
  await expect(window.groups.task('Only one')).toBeHidden();
  expect(await nodeCli.timings()).toEqual([]);
});

test('the window shows the current state after its page is reloaded', async ({ scene, nodeCli }) => {
  const app = await scene.launch();
  const page = await app.window();
  await nodeCli.createShellTask('Survivor', 'every day at 3am', 'true');
  const window = new MainWindow(page);
  await window.open('Tasks');
  await expect(window.groups.task('Survivor')).toBeVisible();
  await page.reload();
  await window.open('Tasks');
  await expect(window.groups.task('Survivor')).toBeVisible();
});
