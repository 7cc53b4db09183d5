import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import type { RunningApp } from '../fixtures/running-app.ts';
import { MainWindow } from '../pages/main-window.ts';

/** Makes the system's file dialogs, which a test cannot click, return this file. */
async function chooseFiles(app: RunningApp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, path);
}

interface Exported {
  schedule: { tasks: Record<string, { name: string; parameters: Record<string, unknown> }> };
}

test('everything is exported to a file and imported again, with a choice for each changed task', async ({
  scene,
  nodeCli,
}) => {
  scene.configure({ osScheduler: 'in-process' });
  for (const name of ['Backup', 'Report', 'Ping']) await nodeCli.createShellTask(name, '0 3 * * *', `echo ${name}`);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page } = window;
  const file = join(scene.folder, 'all.ncp.json');
  await chooseFiles(app, file);
  await window.open('Settings');

  await test.step('export: the file has all tasks, and only its owner can read it', async () => {
    await page.getByRole('button', { name: 'Export everything' }).click();
    await expect(page.getByText(`Exported 3 tasks to ${file}.`)).toBeVisible();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  const exported = JSON.parse(readFileSync(file, 'utf8')) as Exported;
  for (const task of Object.values(exported.schedule.tasks)) {
    if (task.name !== 'Ping') task.parameters = { command: `echo other ${task.name}` };
  }
  writeFileSync(file, JSON.stringify(exported));

  await test.step('import: one task is replaced, one skipped, and one unchanged', async () => {
    await page.getByRole('button', { name: 'Import tasks' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import all.ncp.json' });
    await expect(dialog.getByText('echo other Backup')).toBeVisible();
    await dialog.getByLabel('Action for Backup').selectOption('Replace');
    await dialog.getByLabel('Action for Report').selectOption('Skip');
    await app.picture(page, 'the-import');
    await dialog.getByRole('button', { name: /^Import 1/ }).click();
    await expect(dialog).toBeHidden();
    const commands = (await nodeCli.tasks()).map(({ name, parameters }) => [name, parameters['command']]);
    expect(commands.sort()).toEqual([
      ['Backup', 'echo other Backup'],
      ['Ping', 'echo Ping'],
      ['Report', 'echo Report'],
    ]);
  });
});

test('servers of Claude Desktop are imported, and its file does not change', async ({ scene }) => {
  scene.configure({ osScheduler: 'in-process' });
  const config = join(scene.folder, 'xdg', 'Claude', 'claude_desktop_config.json');
  mkdirSync(join(config, '..'), { recursive: true });
  const theirs = { mcpServers: { notes: { command: 'notes-server', env: { NOTES_TOKEN: 'abcdefghijklmnop' } } } };
  writeFileSync(config, JSON.stringify(theirs));
  scene.env['XDG_CONFIG_HOME'] = join(scene.folder, 'xdg');
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page } = window;
  await window.open('Settings');
  await page.getByRole('button', { name: 'MCP servers of Claude Desktop and ncp' }).click();
  const dialog = page.getByRole('dialog', { name: /^Import MCP servers/ });
  await expect(dialog.getByText('notes-server')).toBeVisible();
  await expect(dialog.getByText(/passwords or tokens of notes are copied/)).toBeVisible();
  await app.picture(page, 'the-servers');
  await dialog.getByRole('button', { name: /^Import 1/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('notes-server')).toBeVisible();
  await app.picture(page, 'settings');
  const ours = JSON.parse(readFileSync(join(scene.dataDir, 'config.json'), 'utf8')) as typeof theirs;
  expect(ours.mcpServers).toMatchObject(theirs.mcpServers);
  expect(JSON.parse(readFileSync(config, 'utf8'))).toEqual(theirs);
  expect(existsSync(join(scene.dataDir, 'schedule.json'))).toBe(false);
});
