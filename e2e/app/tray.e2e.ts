import { expect, test } from '../fixtures/app.ts';
import { TrayHost } from '../fixtures/dbus/tray-host.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('the menu shows next runs, running tasks and failures, and each item works', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  const app = await scene.launch('--hidden');
  const labels = async () => (await desktop.tray.menu()).map(({ label }) => label);
  const long = await nodeCli.createShellTask('Long copy', '0 3 1 1 *', 'echo started; sleep 61.731');
  const bad = await nodeCli.createShellTask('Bad', '0 4 1 1 *', 'echo "the failing line" >&2; exit 1');
  await until('the next runs are there', async () => (await labels()).some((label) => label.includes(' 3:00')));
  await nodeCli.json('trigger', bad.id, '--no-wait');
  await nodeCli.json('trigger', long.id, '--no-wait');
  await until('the failure and the run are there', async () => {
    const now = await labels();
    return now.includes('Failed: Bad') && now.includes('Running: Long copy');
  });
  expect(await desktop.tray.title()).toContain('1 running, 1 task failed');

  await desktop.tray.click('Failed: Bad');
  const window = new MainWindow(await app.window());
  await expect(window.log.line('the failing line').first()).toBeInViewport();
  await desktop.tray.click('Show log');
  await expect(window.log.line('started').first()).toBeVisible();
  await desktop.tray.click('Cancel run');
  await until('it is cancelled', async () => (await nodeCli.executions('--status', 'cancelled')).length === 1);
  await until('nothing runs in the menu', async () => !(await labels()).some((label) => label.startsWith('Running')));
});

test('a task is run, skipped and paused from its line in the menu', async ({ scene, desktop, nodeCli }) => {
  await scene.launch('--hidden');
  const { id } = await nodeCli.createShellTask('Yearly copy', '0 3 1 1 *', 'true');
  const labels = async () => (await desktop.tray.menu()).map(({ label }) => label);
  await until('its next run is there', async () => (await labels()).some((label) => label.endsWith('Yearly copy')));
  await desktop.tray.click('Run now');
  await until('its run is among the recent ones', async () => {
    const recent = (await desktop.tray.menu()).find(({ label }) => label === 'Recent runs');
    return recent?.children.some(({ label }) => /^✓ .*Yearly copy$/.test(label));
  });
  const task = async () => (await nodeCli.json<{ task: { skipUntil?: string; status: string } }>('get', id)).task;
  await desktop.tray.click(/^Skip the run at/);
  await until('the next run is skipped', async () => (await task()).skipUntil !== undefined);
  await desktop.tray.click('Pause');
  await until('it is paused', async () => (await task()).status === 'paused');
  await until('it has left the menu', async () => !(await labels()).some((label) => label.endsWith('Yearly copy')));
});

test('the tray pauses all tasks for a time, resumes them, and quits the app', async ({ scene, desktop, nodeCli }) => {
  const app = await scene.launch('--hidden');
  await nodeCli.createShellTask('Yearly', '0 3 1 1 *', 'true');
  const resume = () =>
    until('the tray offers to resume', async () =>
      (await desktop.tray.menu()).map(({ label }) => label).find((label) => label.startsWith('Resume all')),
    );
  await desktop.tray.click('For an hour');
  expect(await resume()).toMatch(/^Resume all \(paused until .*\d:\d\d/);
  await desktop.tray.click(/^Resume all/);
  await desktop.tray.click('Until tomorrow, 9:00');
  expect(await resume()).toMatch(/paused until \w{3} 9:00/);
  await desktop.tray.click(/^Resume all/);
  await desktop.tray.click('Until resumed');
  expect(await resume()).toBe('Resume all (everything is paused)');
  await desktop.tray.click('Quit');
  expect(await app.ended()).toBe(0);
  await until('the tray icon is gone', () => desktop.tray.itemCount === 0);
});

test('without a panel, another launch shows the window; the icon appears when a panel starts or restarts', async ({
  scene,
  desktop,
}) => {
  await desktop.tray.leave();
  const app = await scene.launch('--hidden');
  expect(await app.visibleWindows()).toBe(0);
  scene.start();
  await until('launching again shows the window', async () => (await app.visibleWindows()) === 1);
  const window = new MainWindow(await app.window());
  await window.open('Settings');
  await expect(window.page.getByText('Your desktop does not support tray icons', { exact: false })).toBeVisible();

  const first = await TrayHost.start(desktop.bus.connect());
  await until('the icon is in the new panel', () => first.itemCount > 0);
  await expect(window.page.getByText('Your desktop does not support tray icons', { exact: false })).toBeHidden();
  await window.page.close();
  await until('its menu is there', async () => (await first.menu()).some(({ label }) => label === 'Open'));
  await first.click('Open');
  await until('its menu works', async () => (await app.visibleWindows()) === 1);

  await first.leave();
  const second = await TrayHost.start(desktop.bus.connect());
  await until('the icon is in the restarted panel', () => second.itemCount > 0);
  // Chromium may register the old icon again before the app replaces it.
  await until('its menu is there', async () => (await second.menu()).some(({ label }) => label === 'Quit'));
});
