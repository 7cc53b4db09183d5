import { basename } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import type { Scene } from '../fixtures/app.ts';
import type { CommandLine } from '../fixtures/command-line.ts';
import { crontab, cronMissing, lastTriggered, systemdMissing } from '../fixtures/os-schedulers.ts';
import { processesWith } from '../fixtures/processes.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

/** Creates two tasks in one every-minute group, an MCP call and a shell command, without ever starting the app. */
async function createGroup(scene: Scene, cli: CommandLine): Promise<void> {
  await cli.createTask('List the files', '* * * * *', 'filesystem:list_directory', { path: scene.files });
  await cli.createShellTask('Say hello', '* * * * *', 'echo "hello from the headless run"');
  expect((await cli.timings()).map((timing) => timing.taskIds.length)).toEqual([2]);
}

async function bothRan(cli: CommandLine): Promise<void> {
  await until(
    'both tasks ran',
    async () => {
      const done = (await cli.executions('--status', 'success')).map((execution) => execution.taskName);
      return done.includes('List the files') && done.includes('Say hello');
    },
    120_000,
    500,
  );
}

async function windowShowsThem(scene: Scene): Promise<void> {
  // Start the app between two fires, with enough time left, so that the `_timing-run` of the next minute is not
  // mistaken for the app.
  const betweenFires = () => processesWith(scene.dataDir).length === 0 && new Date().getUTCSeconds() < 40;
  await until('the headless run has ended', betweenFires, 100_000);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Runs');
  await expect(window.executions.rows('List the files', 'success').first()).toBeVisible();
  await expect(window.executions.rows('Say hello', 'success').first()).toBeVisible();
  await app.picture(window.page, 'ran-without-the-app');
  await window.executions.openNewest('Say hello');
  await expect(window.log.line('hello from the headless run').first()).toBeVisible();
  await app.picture(window.page, 'its-log');
}

test('with no app running, the systemd timer runs the group headless and the window shows it afterwards', async ({
  scene,
  cli,
}) => {
  test.skip(systemdMissing !== null, String(systemdMissing));
  scene.configure({ osScheduler: 'systemd' });
  await createGroup(scene, cli);
  const timer = basename((await cli.timings())[0]?.osEntry.path ?? '');
  await bothRan(cli);
  expect(await lastTriggered(timer)).not.toBeNull();
  await windowShowsThem(scene);
});

test('with no app running, the cron daemon runs the group headless and the window shows it afterwards', async ({
  scene,
  cli,
}) => {
  test.skip(cronMissing !== null, String(cronMissing));
  scene.configure({ osScheduler: 'cron' });
  await createGroup(scene, cli);
  expect((await cli.timings())[0]?.osEntry).toMatchObject({ kind: 'cron', state: 'installed' });
  expect(await crontab()).toContain('_timing-run');
  await bothRan(cli);
  await windowShowsThem(scene);
});
