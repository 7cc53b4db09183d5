import { expect, test } from '../fixtures/app.ts';
import { processesWith } from '../fixtures/processes.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test('a notification clicked while the window is closed opens it on the failing line', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  const first = await app.window();
  await first.close();
  await until('no window is left', async () => (await app.visibleWindows()) === 0);

  const task = await nodeCli.createShellTask(
    'Nightly sync',
    '* * * * *',
    'echo begin; echo "no such host" >&2; exit 7',
  );
  const notification = await desktop.notifications.next('Nightly sync', 90_000);
  expect(notification.body + notification.title).not.toContain('undefined');
  desktop.notifications.click(notification);

  await until('the window is there again', async () => (await app.visibleWindows()) === 1);
  const window = new MainWindow(await app.window());
  await expect(window.log.line('no such host').first()).toBeInViewport();
  await app.picture(window.page, 'opened-by-the-notification');
  expect((await nodeCli.executions('--task', task.id))[0]).toMatchObject({ status: 'failure', exitCode: 7 });
});

test('a success raises no notification', async ({ scene, desktop, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  await scene.launch('--hidden');
  await nodeCli.createShellTask('All is well', '* * * * *', 'true');
  await nodeCli.createShellTask('Not so well', '* * * * *', 'false');
  await desktop.notifications.next('Not so well', 90_000);
  expect(desktop.notifications.shown.filter((one) => `${one.title} ${one.body}`.includes('All is well'))).toEqual([]);
});

test('a failure while no app runs starts the tray app hidden, which tells of it', async ({ scene, desktop, cli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const task = await cli.createShellTask('Lonely backup', '0 3 * * *', 'echo "no disk" >&2; exit 4');
  const next = await cli.json<{ slots: string[] }>('next', task.timingId);
  const fire = await cli.run('_timing-run', task.timingId, '--slot', String(next.slots[0]));
  expect(fire.exitCode).toBe(1);
  const notification = await desktop.notifications.next('Lonely backup', 30_000);
  expect(notification.title).toContain('failed');
  await until('the app sits in the tray', () => processesWith('--announce-since').length > 0);
});
