import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test('the settings install and remove the shell command ncp-scheduler, which works without a display', async ({
  scene,
  nodeCli,
}) => {
  scene.configure({ osScheduler: 'in-process' });
  const home = scene.useOwnHome();
  await nodeCli.createShellTask('Mine', '0 3 * * *', 'true');
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page } = window;
  const command = join(home, '.local/bin/ncp-scheduler');
  await window.open('Settings');
  const button = page.getByRole('button', { name: 'Shell command' });
  await button.click();
  await expect(page.getByText(`ncp-scheduler is installed in ${command}.`)).toBeVisible();
  await button.scrollIntoViewIfNeeded();
  await app.picture(page, 'installed');

  const { DISPLAY: _display, ...env } = scene.env;
  const type = (line: string): string =>
    execFileSync('sh', ['-c', `PATH="$HOME/.local/bin:$PATH"; ${line}`], { env, encoding: 'utf8' });
  expect(type(`ncp-scheduler list --data-dir "${scene.dataDir}"`)).toContain('Mine');
  expect(type('ncp-scheduler --version')).toMatch(/^\d+\.\d+\.\d+/);

  await button.click();
  await expect(page.getByText(/^Installs ncp-scheduler in/)).toBeVisible();
  expect(existsSync(command)).toBe(false);
});
