import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../main/adapters/storage/ledger/sqlite.ts';
import { expect, test } from '../fixtures/app.ts';
import type { Scene } from '../fixtures/app.ts';
import type { CommandLine } from '../fixtures/command-line.ts';
import { NotificationServer } from '../fixtures/dbus/notification-server.ts';
import { processesWith } from '../fixtures/processes.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

const yearly = '0 3 1 1 *';

/** Returns a function that fires the next slot of a group. The running app runs the tasks. */
function fires(cli: CommandLine): (timingId: string) => Promise<void> {
  let slots: string[] = [];
  return async (timingId) => {
    if (slots.length === 0) slots = (await cli.json<{ slots: string[] }>('next', timingId, '--count', '5')).slots;
    await cli.run('_timing-run', timingId, '--slot', String(slots.shift()));
  };
}

async function ranByHand(cli: CommandLine): Promise<boolean> {
  return (await cli.executions()).some(({ trigger }) => trigger === 'manual');
}

test('a click on a failure notification opens the window at the failing line', async ({ scene, desktop, nodeCli }) => {
  const app = await scene.launch('--hidden');
  const task = await nodeCli.createShellTask('Nightly sync', yearly, 'echo begin; echo "no such host" >&2; exit 7');
  await fires(nodeCli)(task.timingId);
  const notification = await desktop.notifications.next('Nightly sync');
  expect(notification.title).toBe('Nightly sync failed');
  expect(notification.body).toBe('no such host (exit code 7)');
  expect(notification.urgency).toBe(1);
  desktop.notifications.click(notification);
  await until('the window is there', async () => (await app.visibleWindows()) === 1);
  const window = new MainWindow(await app.window());
  await expect(window.log.line('no such host').first()).toBeInViewport();
  await app.picture(window.page, 'opened-by-the-notification');
});

test('a criterion that is not met opens at its line, and a late run causes a notification before it is missed', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  const go = join(scene.folder, 'go');
  const waits = `while ! test -e "${go}"; do sleep 0.2; done`;
  const late = ['--late-after', '1s', '--overlap', 'buffer-one'];
  const { id } = await nodeCli.createShellTask('Mirror', '* * * * *', waits, ...late);
  const app = await scene.launch('--hidden');
  await nodeCli.run('trigger', id, '--no-wait');

  const lines = 'seq 1 300; echo "ERROR: table is locked"; seq 301 600';
  const report = await nodeCli.createShellTask('Report', yearly, lines, '--fail-if-output', 'ERROR:');
  await fires(nodeCli)(report.timingId);
  const failure = await desktop.notifications.next('Report failed');
  desktop.notifications.click(failure);
  await until('the window is there', async () => (await app.visibleWindows()) === 1);
  const window = new MainWindow(await app.window());
  await expect(window.log.line('ERROR: table is locked').first()).toBeInViewport();

  const told = await desktop.notifications.next('Mirror is late', 120_000);
  expect(told.body).toMatch(/late|due/);
  writeFileSync(go, '');
  await desktop.notifications.next('Mirror started late', 60_000);
});

test('a recovery withdraws the failure notification, and each is shown only once', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  await scene.launch('--hidden');
  const disk = join(scene.folder, 'disk');
  const task = await nodeCli.createShellTask('Copy', yearly, `test -e "${disk}"`);
  const fire = fires(nodeCli);
  await fire(task.timingId);
  const failure = await desktop.notifications.next('Copy failed');
  await fire(task.timingId);
  writeFileSync(disk, '');
  await fire(task.timingId);
  await desktop.notifications.next('Copy works again');
  await fire(task.timingId);
  expect(desktop.notifications.withdrawn).toContain(failure.id);
  expect(desktop.notifications.shown.map(({ title }) => title)).toEqual(['Copy failed', 'Copy works again']);
});

test('tasks of one group that fail together share a notification', async ({ scene, desktop, nodeCli }) => {
  await scene.launch('--hidden');
  await nodeCli.createShellTask('First', yearly, 'false');
  const { timingId } = await nodeCli.createShellTask('Second', yearly, 'false');
  await fires(nodeCli)(timingId);
  const notification = await desktop.notifications.next('2 tasks');
  expect(notification.body).toContain('First');
  expect(notification.body).toContain('Second');
});

test('the buttons of a notification re-run, snooze and pause the task', async ({ scene, desktop, nodeCli }) => {
  await scene.launch('--hidden');
  const task = await nodeCli.createShellTask('Backup', yearly, 'exit 3');
  const fire = fires(nodeCli);
  await fire(task.timingId);
  const notification = await desktop.notifications.next('Backup failed');
  expect(notification.buttons).toEqual(['Re-run', 'Snooze for an hour', 'Pause']);
  const status = async () => (await nodeCli.tasks()).find(({ id }) => id === task.id);

  desktop.notifications.press(notification, 'rerun');
  await until('it ran again', async () => ranByHand(nodeCli));
  desktop.notifications.press(notification, 'snooze');
  const snoozed = await until('it is snoozed', async () => {
    const now = await status();
    return now?.status === 'paused' && now;
  });
  const minutes = (Date.parse(String(snoozed.pausedUntil)) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(55);
  expect(minutes).toBeLessThan(61);
  await nodeCli.json('resume', task.id);
  desktop.notifications.press(notification, 'pause');
  await until('it is paused', async () => {
    const now = await status();
    return now?.status === 'paused' && now.pausedUntil === undefined;
  });
});

test('a task paused after failures causes a notification with a button to resume it', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  await scene.launch('--hidden');
  const task = await nodeCli.createShellTask('Careful', yearly, 'false', '--pause-after', '1');
  await fires(nodeCli)(task.timingId);
  const notification = await desktop.notifications.next('Careful is paused');
  desktop.notifications.click(notification, 'resume');
  await until('it is active again', async () => (await nodeCli.tasks())[0]?.status === 'active');
});

test('slots missed while the app was not running cause a notification at the next start', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  await nodeCli.createShellTask('Hourly', '0 * * * *', 'true');
  // Simulates a machine that was off for three hours.
  const file = join(scene.dataDir, 'schedule.json');
  const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000).toISOString();
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"armedAt": "[^"]+"/, `"armedAt": "${threeHoursAgo}"`));
  // Slots from before the ledger's beginning would count as past.
  const ledger = openDatabase(join(scene.dataDir, 'ledger.db'));
  ledger.prepare("UPDATE meta SET value = ? WHERE key = 'born'").run(String(Date.parse(threeHoursAgo)));
  ledger.close();
  await scene.launch('--hidden');
  const notification = await desktop.notifications.next(/^Hourly missed \d runs$/);
  expect(notification.buttons).toEqual(['Run now']);
  desktop.notifications.click(notification, 'rerun');
  await until('it runs now', async () => ranByHand(nodeCli), 60_000);
});

test('a click on a notification still works after the app was killed and started again', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  const first = await scene.launch('--hidden');
  const task = await nodeCli.createShellTask('Old news', yearly, 'echo "the failing line" >&2; exit 1');
  await fires(nodeCli)(task.timingId);
  const notification = await desktop.notifications.next('Old news failed');
  // The server shows the notification shortly before the app receives its id.
  await until('the app has stored the notification', () => notedNotifications(scene).includes(task.id));
  await first.kill();
  await until('its tray icon is gone', () => desktop.tray.itemCount === 0);

  const second = await scene.launch('--hidden');
  await until('the app listens', () => desktop.tray.itemCount > 0);
  desktop.notifications.click(notification);
  await until('the window is there', async () => (await second.visibleWindows()) === 1);
  const window = new MainWindow(await second.window());
  await expect(window.log.line('the failing line').first()).toBeInViewport();
  expect(desktop.notifications.shown).toHaveLength(1);
});

/** Returns what the app stored about its notifications for the next start. */
function notedNotifications({ dataDir }: Scene): string {
  const ledger = openDatabase(join(dataDir, 'ledger.db'), { readOnly: true });
  try {
    return String(
      ledger.prepare(`SELECT value FROM meta WHERE key = 'mark:notifications.shown'`).get()?.['value'] ?? '',
    );
  } finally {
    ledger.close();
  }
}

test('without a notification service the tray and the window say so, until one starts', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  await desktop.notifications.leave();
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const task = await nodeCli.createShellTask('Unseen', yearly, 'false');
  await fires(nodeCli)(task.timingId);
  await until('the tray shows the failure', async () => (await labels()).includes('Failed: Unseen'));
  expect(await labels()).toContain('Notifications are not shown');
  await window.open('Settings');
  const section = window.page.getByRole('region', { name: 'Notifications' });
  await expect(section.getByRole('status')).toContainText('no notification service is running');
  await app.picture(window.page, 'no-notification-service');

  const service = await NotificationServer.start(desktop.bus.connect());
  await expect(section.getByRole('status')).toBeHidden();
  await until('the tray no longer says so', async () => !(await labels()).includes('Notifications are not shown'));
  service.setDoNotDisturb(true);
  await expect(section.getByRole('status')).toContainText('Do not disturb');

  async function labels(): Promise<string[]> {
    return (await desktop.tray.menu()).map(({ label }) => label);
  }
});

test('a notification that is turned off is not shown', async ({ scene, desktop, nodeCli }) => {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Settings');
  await window.page.getByRole('switch', { name: 'Notify me when a run fails' }).click();
  const quiet = await nodeCli.createShellTask('Quiet', yearly, 'false');
  const fire = fires(nodeCli);
  await fire(quiet.timingId);
  await until('the app knows about the failure', async () =>
    (await desktop.tray.menu()).some(({ label }) => label === 'Failed: Quiet'),
  );
  await window.page.getByRole('switch', { name: 'Notify me when a run fails' }).click();
  const loud = await nodeCli.createShellTask('Loud', '0 4 1 1 *', 'false');
  await fires(nodeCli)(loud.timingId);
  await desktop.notifications.next('Loud failed');
  expect(desktop.notifications.shown.map(({ title }) => title)).toEqual(['Loud failed']);
});

test('a failure while the app is not running starts it hidden in the tray and causes a notification', async ({
  scene,
  desktop,
  cli,
}) => {
  const task = await cli.createShellTask('Lonely backup', '0 3 * * *', 'echo "no disk" >&2; exit 4');
  const next = await cli.json<{ slots: string[] }>('next', task.timingId);
  const fire = await cli.run('_timing-run', task.timingId, '--slot', String(next.slots[0]));
  expect(fire.exitCode).toBe(1);
  const notification = await desktop.notifications.next('Lonely backup', 30_000);
  expect(notification.title).toContain('failed');
  await until('the app sits in the tray', () => processesWith('--announce-since').length > 0);
  expect(scene.dataDir).not.toBe('');
});
