import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AlertEvent } from '../../main/contract/alerts/event.ts';
import { recordingPath } from '../../main/testing/agent-recording.ts';
import { expect, test } from '../fixtures/app.ts';
import type { Scene } from '../fixtures/app.ts';
import { CommandLine } from '../fixtures/command-line.ts';
import { crontab, cronMissing, lastTriggered, systemdMissing } from '../fixtures/os-schedulers.ts';
import { processesWith } from '../fixtures/processes.ts';
import { nextMinute, until, untilInstant } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

/**
 * Creates two tasks in one every-minute group, an MCP call and a shell command, without ever starting the app. Returns
 * their first slot.
 */
async function createGroup(scene: Scene, cli: CommandLine): Promise<number> {
  await cli.createTask('List the files', '* * * * *', 'filesystem:list_directory', { path: scene.files });
  await cli.createShellTask('Say hello', '* * * * *', 'echo "hello from the headless run"');
  const firstSlotMs = nextMinute();
  expect((await cli.timings()).map((timing) => timing.taskIds.length)).toEqual([2]);
  return firstSlotMs;
}

/** Waits for a success of two tasks of the group, and of more, from this slot on. */
async function bothRan(cli: CommandLine, firstSlotMs: number, ...more: readonly string[]): Promise<void> {
  const wanted = ['List the files', 'Say hello', ...more];
  await untilInstant(firstSlotMs);
  await until(
    'the tasks ran',
    async () => {
      const done = new Set((await cli.executions('--status', 'success')).map((execution) => execution.taskName));
      return wanted.every((name) => done.has(name));
    },
    120_000,
    500,
  );
}

async function windowShowsThem(scene: Scene): Promise<MainWindow> {
  // Start the app between two fires, with enough time left, so that the `_timing-run` of the next minute is not
  // mistaken for the app.
  const betweenFires = () => processesWith(scene.dataDir).length === 0 && new Date().getUTCSeconds() < 40;
  await until('the headless run has ended', betweenFires, 100_000, 500);
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Runs');
  await expect(window.executions.rows('List the files', 'success').first()).toBeVisible();
  await expect(window.executions.rows('Say hello', 'success').first()).toBeVisible();
  await app.picture(window.page, 'ran-without-the-app');
  await window.executions.openNewest('Say hello');
  await expect(window.log.line('hello from the headless run').first()).toBeVisible();
  await app.picture(window.page, 'its-log');
  return window;
}

/** Starts the receiver of a webhook. */
async function receiver() {
  const events: AlertEvent[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      events.push(JSON.parse(body) as AlertEvent);
      response.end('heard');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, events, close: () => server.close().closeAllConnections() };
}

/** Adds a webhook in the window, sends a test to it, and quits the app. */
async function addWebhook(scene: Scene, url: string): Promise<void> {
  const app = await scene.launch();
  const window = new MainWindow(await app.window());
  await window.open('Settings');
  const alerts = window.page.getByRole('region', { name: 'Alerts' });
  await alerts.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = window.page.getByRole('dialog', { name: 'Add a channel' });
  await dialog.getByLabel('Name').fill('ops');
  await dialog.getByLabel('Address').fill(url);
  await dialog.getByRole('button', { name: 'Send a test' }).click();
  await expect(dialog).toContainText('answered 200. It said: heard');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(alerts.getByRole('button', { name: 'Edit the channel ops' })).toBeVisible();
  await app.close();
}

/** A home folder in which Claude Code has scheduled a prompt for each minute, and its program, which answers as recorded. */
function claudeCodeAt(scene: Scene) {
  const home = join(scene.folder, 'home');
  const [list, programs, signedOut] = [
    join(home, '.claude', 'scheduled_tasks.json'),
    join(home, 'bin'),
    join(home, 'out'),
  ];
  for (const folder of [join(home, '.claude'), programs]) mkdirSync(folder, { recursive: true });
  const job = { id: 'a1b2', cron: '* * * * *', prompt: 'Sum up', recurring: true, createdAt: Date.now() };
  writeFileSync(list, JSON.stringify({ tasks: [job] }));
  const replay = join(import.meta.dirname, '../../main/testing/children/replay-agent.mjs');
  const answer = `exec '${process.execPath}' '${replay}' '${recordingPath('claude-code-answer')}'`;
  const program = `#!/bin/sh\nif [ "$1" = auth ]; then test ! -e '${signedOut}'; exit; fi\n${answer}\n`;
  writeFileSync(join(programs, 'claude'), program, { mode: 0o755 });
  // The entries of the OS scheduler stay where the real home folder has them.
  const config = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  const cli = new CommandLine('packaged', scene.dataDir, { ...scene.env, HOME: home, XDG_CONFIG_HOME: config });
  return {
    takeOver: async () => {
      const taken = await cli.json<{ moved: number }>('import', '--from-system', 'agents', '--move');
      expect({ moved: taken.moved, left: JSON.parse(readFileSync(list, 'utf8')) as object }).toEqual({
        ...{ moved: 1, left: { tasks: [] } },
      });
      await cli.json('update', 'Sum up', '--env', `PATH=${programs}:/usr/bin:/bin`);
    },
    signOut: () => writeFileSync(signedOut, ''),
  };
}

/** Looks at the answer and the cost of the run, and waits until the app says that the next run cannot sign in. */
async function seesTheAgent(window: MainWindow, cli: CommandLine): Promise<void> {
  const [run] = await cli.executions('--task', 'Sum up', '--status', 'success');
  expect(run).toMatchObject({ trigger: 'schedule', result: { costUsd: 0.0055, isError: false } });
  await window.open('Runs');
  await window.executions.openNewest('Sum up');
  await expect(window.page.getByText('$0.0055').first()).toBeVisible();
  const told = async () => (await cli.tasks()).some(({ attention = [] }) => attention.some(isSignIn));
  await until('the app says that the sign-in has expired', told, 60_000);
}

const isSignIn = ({ kind, message }: { kind: string; message: string }): boolean =>
  kind === 'credentials' && message.includes('claude auth login');

test('with no app running, the systemd timer runs the group and a schedule of Claude Code headless, an alert leaves, and the window shows it afterwards', async ({
  scene,
  cli,
}) => {
  test.skip(systemdMissing !== null, String(systemdMissing));
  // A notification would start the app.
  scene.configure({ osScheduler: 'systemd', notifyOnFailure: false });
  const hook = await receiver();
  await addWebhook(scene, hook.url);
  expect(hook.events.map(({ kind }) => kind)).toEqual(['test']);
  const firstSlotMs = await createGroup(scene, cli);
  await cli.createShellTask('Back up', '* * * * *', 'echo copying; echo "disk full" >&2; exit 3');
  const claudeCode = claudeCodeAt(scene);
  await claudeCode.takeOver();
  const timer = basename((await cli.timings())[0]?.osEntry.path ?? '');
  await bothRan(cli, firstSlotMs, 'Sum up');
  expect(await lastTriggered(timer)).not.toBeNull();
  await until('the alert of the failure arrived without the app', () => hook.events.length > 1, 120_000);
  expect(hook.events[1]).toMatchObject({ title: 'Back up failed', run: { exitCode: 3, trigger: 'schedule' } });
  expect(hook.events[1]?.output).toContain('disk full');
  hook.close();
  claudeCode.signOut();
  const window = await windowShowsThem(scene);
  await window.open('Settings');
  const { page } = window;
  await page.getByRole('button', { name: 'Sent alerts' }).click();
  const sent = page.getByRole('dialog', { name: 'Sent alerts' }).getByRole('row', { name: 'Back up failed' });
  await expect(sent).toContainText('Sent');
  await page.keyboard.press('Escape');
  await seesTheAgent(window, cli);
});

test.describe('by cron', () => {
  test.use({ usesCrontab: true });

  test('with no app running, the cron daemon runs the group headless and the window shows it afterwards', async ({
    scene,
    cli,
  }) => {
    test.skip(cronMissing !== null, String(cronMissing));
    scene.configure({ osScheduler: 'cron' });
    const firstSlotMs = await createGroup(scene, cli);
    expect((await cli.timings())[0]?.osEntry).toMatchObject({ kind: 'cron', state: 'installed' });
    expect(await crontab()).toContain('_timing-run');
    await bothRan(cli, firstSlotMs);
    await windowShowsThem(scene);
  });
});
