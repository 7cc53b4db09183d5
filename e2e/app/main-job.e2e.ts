import { basename } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { lastTriggered, listTimers, serviceResult, systemdMissing } from '../fixtures/os-schedulers.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';
import { QuickAddWindow } from '../pages/quick-add-window.ts';

/** A line among so many others that the window must scroll to show it. */
const failingLine = 'cannot reach the backup disk';
const copying = (from: number, to: number): string => `for i in $(seq ${from} ${to}); do echo "copied file $i"; done`;
const failing = `${copying(1, 300)}; echo '${failingLine}' >&2; ${copying(301, 600)}; exit 3`;

test('the systemd timer runs two tasks created in the window, and the failure is one click from its log', async ({
  scene,
  desktop,
  cli,
}) => {
  test.skip(systemdMissing !== null, String(systemdMissing));
  scene.configure({ osScheduler: 'systemd' });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await app.picture(window.page, 'empty');

  await test.step('two tasks are created in one group in the window', async () => {
    await window.createTask({
      name: 'List the files',
      schedule: 'every minute',
      tool: 'filesystem:list_directory',
      fields: { path: scene.files },
    });
    await window.createTask({ name: 'Broken backup', schedule: 'every minute', tool: 'shell:run', command: failing });
    await window.open('Tasks');
    await expect(window.groups.task('List the files')).toBeVisible();
    await expect(window.groups.task('Broken backup')).toBeVisible();
    await app.picture(window.page, 'group-with-two-tasks');
  });

  const timings = await cli.timings();
  expect(timings.map((timing) => timing.taskIds.length)).toEqual([2]);
  const timer = basename(timings[0]?.osEntry.path ?? '');

  await test.step('systemd lists the timer', async () => {
    expect(timings[0]?.osEntry).toMatchObject({ kind: 'systemd', state: 'installed' });
    expect(timer).toMatch(/\.timer$/);
    expect(await listTimers()).toContain(timer);
  });

  await test.step('the timer itself fires, and both runs appear live', async () => {
    await window.open('Runs');
    // Each may need more than a minute, because the slot may fall between the two.
    await expect(window.executions.rows('List the files', 'success').first()).toBeVisible({ timeout: 100_000 });
    await expect(window.executions.rows('Broken backup', 'failure').first()).toBeVisible({ timeout: 100_000 });
    const firedAt = await until('systemd reports that the timer elapsed', () => lastTriggered(timer), 30_000);
    expect(Date.now() - firedAt).toBeLessThan(75_000);
    const service = timer.replace(/\.timer$/, '.service');
    // The app fires the group itself, and the condition of the service then starts no second program. On a machine too busy
    // for that within three seconds, the second program starts and ends.
    const ends = ['exec-condition', 'success'];
    await until('the service ended well', async () => ends.includes(await serviceResult(service)));
    await app.picture(window.page, 'both-executions');
  });

  await test.step('a slot runs once, although the app and systemd both fire it', async () => {
    const executions = await cli.executions();
    const slots = executions.map((execution) => `${execution.taskName} ${String(execution.slot)}`);
    expect(new Set(slots).size).toBe(slots.length);
    // The run of the next minute may have begun.
    const listing = executions.find(({ taskName, status }) => taskName === 'List the files' && status === 'success');
    expect(JSON.stringify(listing?.result)).toContain('beta.txt');
  });

  await test.step('the notification opens the log at the failing line', async () => {
    const notification = await desktop.notifications.next('Broken backup');
    expect(notification.actions).toContain('default');
    desktop.notifications.click(notification);
    await expect(window.log.region).toBeVisible();
    await expect(window.log.line(failingLine).first()).toBeInViewport();
    await app.picture(window.page, 'log-at-the-failing-line');
  });

  await test.step('the tray menu opens quick add', async () => {
    await desktop.tray.click(/^Quick add/);
    const quickAdd = new QuickAddWindow(await app.quickAddWindow());
    await expect(quickAdd.field).toBeVisible();
    await app.picture(quickAdd.page, 'quick-add');
  });
});
