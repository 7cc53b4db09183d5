import { expect, test } from '../fixtures/app.ts';
import { runProgram } from '../fixtures/command-line.ts';
import { cronMissing, crontab, systemdMissing } from '../fixtures/os-schedulers.ts';
import { MainWindow } from '../pages/main-window.ts';

const theirs = '# Sync music\n0 4 * * * true music\n# Rotate certificates\n0 5 * * * true certificates\n';
const unit = `ncp-others-e2e-${process.pid}`;
const userSystemctl = (...args: string[]) => runProgram('systemctl', ['--user', ...args]);

test.use({ usesCrontab: true });

/** True while the crontab is the one of this test. */
let isReplaced = false;

async function installCrontab(text: string): Promise<void> {
  const { exitCode, stderr } = await runProgram('sh', ['-c', 'printf %s "$1" | crontab -', 'sh', text]);
  if (exitCode !== 0) throw new Error(stderr);
  isReplaced = true;
}

test.afterEach(async () => {
  if (systemdMissing === null) {
    await userSystemctl('stop', `${unit}.timer`);
    await userSystemctl('reset-failed', `${unit}.service`);
  }
  if (isReplaced) await runProgram('crontab', ['-r']);
  isReplaced = false;
});

test('what other schedulers run is listed, a failed timer first, and a line of the crontab is moved in and back', async ({
  scene,
}) => {
  test.skip(cronMissing !== null, `there is no crontab: ${cronMissing ?? ''}`);
  test.skip(systemdMissing !== null, `there is no systemd user manager: ${systemdMissing ?? ''}`);
  test.skip((await crontab()) !== '', 'you have a crontab of your own');
  await installCrontab(theirs);
  await runProgram('systemd-run', ['--user', `--unit=${unit}`, '--on-calendar=yearly', '/bin/sh', '-c', 'exit 3']);
  await userSystemctl('start', `${unit}.service`);
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page } = window;
  await window.open('Also on this machine');
  const table = page.getByRole('table', { name: 'Tasks of other schedulers' });

  await test.step('the failed timer is marked by a word, with its exit code', async () => {
    const row = table.getByRole('row').filter({ hasText: unit });
    await expect(row).toContainText('Failed');
    await expect(row).toContainText('exit code 3');
    await app.picture(page, 'also-on-this-machine');
  });

  await test.step('a row opens by keyboard and shows the line as it is written', async () => {
    await page.getByRole('searchbox', { name: 'Search these tasks' }).fill('certificates');
    await table.getByRole('button', { name: 'Rotate certificates' }).press('Enter');
    const details = page.getByRole('dialog', { name: 'Rotate certificates' });
    await expect(details.getByRole('region', { name: 'Original text' })).toHaveText('0 5 * * * true certificates');
    await details.getByRole('button', { name: 'Move it in…' }).click();
  });

  await test.step('only the chosen line is moved, and Undo restores the crontab', async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Import 1 task' }).click();
    await expect(page.getByText('Moved 1 line of your crontab. The tasks run here now.')).toBeVisible();
    expect(await crontab()).toMatch(/^# Sync music\n0 4 .*\n# Rotate certificates\n# moved to NCP Scheduler \S+: 0 5 /);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(crontab).toBe(theirs);
  });
});
