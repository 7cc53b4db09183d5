import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test('Uninstall in the settings shows what goes, quits the app and leaves nothing of it', async ({
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
  await page.getByRole('button', { name: 'Shell command' }).click();
  await expect(page.getByText(`ncp-scheduler is installed in ${command}.`)).toBeVisible();

  // The last dialog is one of the system, which says what was done.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
  });
  await page.getByRole('button', { name: 'Uninstall…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(command)).toBeVisible();
  await dialog.getByRole('switch', { name: 'Also delete my data' }).click();
  await app.picture(page, 'preview');
  await dialog.getByRole('button', { name: 'Uninstall', exact: true }).click();
  // The window closes with the click, perhaps before Playwright has finished it.
  await dialog
    .getByRole('button', { name: 'Uninstall and delete' })
    .click()
    .catch((problem: unknown) => {
      if (!page.isClosed()) throw problem;
    });
  await expect.poll(() => app.process.exitCode, { timeout: 30_000 }).toBe(0);
  expect(existsSync(command)).toBe(false);
  // Chromium's own files go once the app has ended.
  await expect
    .poll(() => (existsSync(scene.dataDir) ? readdirSync(scene.dataDir, { recursive: true }) : []), { timeout: 30_000 })
    .toEqual([]);
});
