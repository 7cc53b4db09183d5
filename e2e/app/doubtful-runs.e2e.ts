import { expect, test } from '../fixtures/app.ts';
import { MainWindow } from '../pages/main-window.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('a doubtful run becomes a failure from now on with one click', async ({ scene, nodeCli }) => {
  const task = await nodeCli.createShellTask('Dump', 'every day at 3am', 'echo start; echo "ERROR: disk full"');
  await nodeCli.run('trigger', task.id);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await expect(window.page.getByText('1 run is doubtful')).toBeVisible();
  await window.page.getByRole('region', { name: 'Doubtful' }).getByRole('link', { name: /Dump/ }).click();
  await expect(window.log.line('ERROR: disk full')).toBeVisible();
  await app.picture(window.page, 'doubtful');
  await window.page.getByRole('button', { name: 'Count this as a failure from now on' }).click();
  await expect(window.page.getByText('Such a run is a failure from now on.')).toBeVisible();
  const [stored] = await nodeCli.tasks();
  expect(stored?.policies?.success).toEqual([{ check: 'lacks-match', pattern: '^\\s*ERROR:', in: 'stdout' }]);
  await window.page.getByRole('button', { name: 'Re-run', exact: true }).click();
  await expect(window.page.getByRole('alert')).toContainText('check/lacks-match');
  await app.picture(window.page, 'failed');
});

test('a follow-up of a failure knows why it failed, and its run leads there', async ({ scene, nodeCli }) => {
  const first = await nodeCli.createShellTask('Backup', 'every day at 3am', 'echo no space >&2; exit 3');
  const tell = 'echo "$NCP_AFTER_TASK $NCP_AFTER_STATUS $NCP_AFTER_EXIT_CODE: $NCP_AFTER_ERROR"';
  await nodeCli.createShellTask('Tell me', 'every year on 1 January at 3am', tell, '--after', 'Backup:failure');
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await nodeCli.run('trigger', first.id);
  await window.open('Runs');
  await expect(window.executions.rows('Tell me', 'success')).toHaveCount(1);
  await window.executions.openNewest('Tell me');
  const told = /^Backup failure 3: The command ended with exit code 3/;
  await expect(window.log.region.getByText(told)).toBeVisible();
  await app.picture(window.page, 'follow-up');
  await window.page.getByRole('link', { name: 'Backup', exact: true }).click();
  await expect(window.log.line('no space')).toBeVisible();
  const followers = window.page.getByRole('list', { name: 'Followed by' });
  await expect(followers.getByRole('link', { name: 'Tell me' })).toBeVisible();
});
