import { expect, test } from '../fixtures/app.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test('the palette makes, runs and opens a task, and leads to a setting and to the way in for agents', async ({
  scene,
  nodeCli,
}) => {
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  const { page, editor } = window;
  await expect(window.link('Overview')).toBeVisible();
  const { keyboard } = page;
  const { palette } = window;
  const open = (typed: string) => window.openPalette(typed);

  await test.step('a typed line becomes a task, after a preview', async () => {
    await open('every day at 3am: echo from the palette');
    const created = palette.getByRole('option', { name: 'Create task: every day at 3am: echo from the palette' });
    await expect(created).toContainText('Next:');
    await keyboard.press('Enter');
    await until('it is saved', async () => (await nodeCli.tasks()).length === 1);
  });

  await test.step('a misspelt name finds it; Ctrl+Enter runs it, the arrow shows its actions, Enter opens it', async () => {
    await open('eco palete');
    await expect(palette.getByRole('option').first()).toContainText('echo');
    await keyboard.press('Control+Enter');
    await until('it ran', async () => (await nodeCli.executions('--status', 'success')).length === 1);
    await open('echo');
    await keyboard.press('ArrowRight');
    await expect(page.getByRole('option', { name: /^Pause “[^”]*”$/ })).toBeVisible();
    await keyboard.press('Backspace');
    await open('echo');
    await keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await expect(page.getByRole('region', { name: 'Figures' })).toBeVisible();
  });

  await test.step('a cURL command fills the editor with its request', async () => {
    await open("curl -X DELETE 'https://example.org/beat'");
    await keyboard.press('Enter');
    await expect(editor.dialog).toBeVisible();
    await expect(editor.name).toHaveValue('example.org');
    await keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  await test.step('a synonym finds a setting, which gets the focus', async () => {
    await open('hotkey');
    await keyboard.press('Enter');
    await expect(page.getByLabel('Quick add shortcut')).toBeFocused();
  });

  await test.step('the dialog for agents shows the command of this installation', async () => {
    await open('cursor');
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Connect an agent' });
    await dialog.getByRole('combobox').selectOption({ label: 'Claude Code' });
    await expect(dialog.getByText(/^claude mcp add --scope user schedule -- \S.* mcp$/)).toBeVisible();
    await app.picture(page, 'connect-agent');
  });
});
