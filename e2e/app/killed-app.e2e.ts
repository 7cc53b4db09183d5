import { expect, test } from '../fixtures/app.ts';
import { processesWith } from '../fixtures/processes.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test('SIGKILL during a run loses nothing: the next start marks the run as interrupted and keeps its log', async ({
  scene,
  nodeCli,
}) => {
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  await app.window();
  // The argument of sleep identifies the process: no other process has it.
  const task = await nodeCli.createShellTask('Long copy', '0 0 1 1 *', 'echo "copied the first half"; sleep 61.725');
  await nodeCli.json('trigger', task.id, '--no-wait');
  const running = await until('the task runs', async () => (await nodeCli.executions('--status', 'running'))[0]);
  await until('its first line is in the log', async () =>
    (await nodeCli.log(running.executionId)).includes('copied the first half'),
  );

  await app.kill();
  const again = await scene.launch();
  const window = new MainWindow(await again.window());
  await window.open('Runs');
  await expect(window.executions.rows('Long copy', 'interrupted')).toHaveCount(1);
  await window.executions.openNewest('Long copy');
  await expect(window.log.line('copied the first half').first()).toBeVisible();
  await again.picture(window.page, 'interrupted');
  await until('the leftover process of the task is ended', () => processesWith('sleep 61.725').length === 0);

  const [execution, ...others] = await nodeCli.executions();
  expect(others).toEqual([]);
  expect(execution).toMatchObject({ executionId: running.executionId, status: 'interrupted' });
  expect(execution?.completedAt).not.toBeNull();
});
