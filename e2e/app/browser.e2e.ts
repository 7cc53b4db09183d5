import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { chromium, type Browser } from 'playwright';
import { seriousFindings } from '../fixtures/axe.ts';
import { CommandLine } from '../fixtures/command-line.ts';
import { fullStore } from '../fixtures/full-store.ts';
import { headlessEntry } from '../fixtures/packaged-app.ts';
import { MainWindow } from '../pages/main-window.ts';
import { QuickAddWindow } from '../pages/quick-add-window.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

let dataDir: string;
let server: ChildProcess;
let browser: Browser;
let foreign: Server | undefined;

test.beforeEach(async () => {
  test.skip(!existsSync(executablePath), `Chromium is not installed: ${executablePath} is missing (Debian: chromium)`);
  dataDir = mkdtempSync(join(tmpdir(), 'ncp-browser-'));
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ osScheduler: 'in-process' }));
  browser = await chromium.launch({ executablePath, chromiumSandbox: true });
});
test.afterEach(async () => {
  await browser.close();
  foreign?.close();
  foreign = undefined;
  server.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
});

/** Starts the scheduler as on a server, and returns the address that it prints. */
async function serveWeb(): Promise<string> {
  const args = [headlessEntry, 'serve', '--web', '--listen', '127.0.0.1:0', '--json', '--data-dir', dataDir];
  server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  server.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await expect.poll(() => output).toContain('"type":"web"');
  return /"address":"([^"]+)"/.exec(output)?.[1] ?? '';
}

test('in a browser, a person signs in, creates a task, watches it run, and undoes it', async () => {
  const address = await serveWeb();
  const page = await browser.newPage({ viewport: { width: 1180, height: 760 } });
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(address);
  const window = new MainWindow(page);
  await expect(window.link('Overview')).toBeVisible();
  expect(page.url()).not.toContain('token');
  await window.open('Tasks');
  const command = 'echo first; sleep 3; echo second';
  await window.createTask({ name: 'Nightly', schedule: 'every day at 3am', tool: 'shell:run', command });
  await expect(window.groups.task('Nightly')).toBeVisible();
  await window.groups.runNow('Nightly');
  await window.open('Runs');
  await window.executions.openNewest('Nightly');
  await expect(window.log.line('first')).toBeVisible();
  await expect(window.log.line('second')).toBeVisible();
  await window.open('Tasks');
  await page.keyboard.press('Control+z');
  await expect(window.groups.task('Nightly')).toBeHidden();
  expect(problems).toEqual([]);
  // The token of the address is used up: another browser has to sign in.
  const stranger = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await stranger.goto(address);
  await expect(stranger.getByRole('alert')).toContainText('This token is wrong, was used already');
  await expect(stranger.getByLabel('Token')).toBeFocused();
});

test('on a phone, a person sees a failure, opens it at its line, runs it again, and pauses the task', async () => {
  const cli = new CommandLine('headless', dataDir, process.env);
  const disk = join(dataDir, 'disk');
  const command = `echo copying; test -e '${disk}' || { echo "no such disk" >&2; exit 3; }`;
  const task = await cli.createShellTask('Back up', 'every day at 3am', command);
  await cli.run('trigger', task.id);
  const address = await serveWeb();
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
  const page = await (await browser.newContext({ ...phone, colorScheme: 'light' })).newPage();
  const check = async (name: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      expect.soft(await seriousFindings(page, theme), `${name}, ${theme}`).toEqual([]);
    }
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(360);
  };
  await page.goto(address);
  const failures = page.getByRole('region', { name: 'Failures' });
  await expect(failures).toContainText('no such disk');
  await check('overview');
  await failures.getByRole('link').first().tap();
  const window = new MainWindow(page);
  await expect(window.log.line('no such disk')).toBeInViewport();
  await check('log');
  writeFileSync(disk, '');
  await page.getByRole('button', { name: 'Re-run', exact: true }).tap();
  // The window shows the new run by itself, whose log has only the first line.
  await expect(window.log.line('no such disk')).toBeHidden();
  await expect(window.log.line('copying')).toBeVisible();
  await window.link('Runs').tap();
  await expect(window.executions.rows('Back up', 'success')).toHaveCount(1);
  await expect(window.executions.rows('Back up', 'failure')).toHaveCount(1);
  await check('runs');
  await window.link('Tasks').tap();
  await page.getByRole('button', { name: 'More actions for Back up' }).tap();
  await page.getByRole('menuitem', { name: 'Pause', exact: true }).tap();
  await expect(window.groups.task('Back up')).toContainText('paused');
  await check('groups');
});

test('in a browser, tasks are created in every other way, with previews and a folder chosen by keyboard, and undone', async () => {
  const page = await browser.newPage({ viewport: { width: 1180, height: 760 } });
  await page.goto(await serveWeb());
  const folder = join(dataDir, 'work');
  mkdirSync(join(folder, 'inner'), { recursive: true });
  const window = new MainWindow(page);
  const { editor, groups, recipes } = window;
  const recipe = await recipes.open('Check that a site answers');
  await recipe.getByLabel('URL').fill('https://example.net/health');
  await expect(recipe.getByRole('region', { name: 'The task' })).toContainText('GET https://example.net/health');
  await recipe.getByLabel('URL').press('Enter');
  await expect(recipe).toBeHidden();
  await window.open('Tasks');
  await expect(groups.task('Check example.net')).toBeVisible();
  await page.getByRole('button', { name: 'Quick add' }).click();
  const quickAdd = new QuickAddWindow(page);
  await quickAdd.field.fill('every weekday at 9am: echo good morning');
  await quickAdd.field.press('Enter');
  await expect(groups.task('echo good morning')).toBeVisible();
  await window.openPalette('every day at 3am: echo from the palette');
  await expect(window.palette.getByRole('option').first()).toContainText('Next:');
  await page.keyboard.press('Enter');
  await expect(window.palette).toBeHidden();
  await window.openPalette("curl -X DELETE 'https://example.org/beat'");
  await page.keyboard.press('Enter');
  await expect(editor.name).toHaveValue('example.org');
  await editor.schedule.fill('every weekday at 9am');
  await expect(editor.nextRuns).toHaveCount(5);
  await editor.openMore();
  await editor.workingDirectory.fill(folder);
  await editor.chooseFolder(['Enter']);
  await expect(editor.workingDirectory).toHaveValue(join(folder, 'inner'));
  await editor.save();
  await expect(groups.task('example.org')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(groups.task('example.org')).toBeHidden();
  await expect(groups.task('echo from the')).toBeVisible();
});

test('in a browser, 10,000 tasks and 100,000 runs are found and opened, and a change is seen in another window', async () => {
  rmSync(dataDir, { recursive: true });
  dataDir = fullStore();
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 } });
  const page = await context.newPage();
  await page.goto(await serveWeb());
  const window = new MainWindow(page);
  await expect(window.link('Overview')).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  const otherWindow = new MainWindow(other);
  await otherWindow.open('Runs');
  await expect(otherWindow.executions.table).toHaveAttribute('aria-rowcount', '100001');
  await page.bringToFront();
  await window.openPalette('bench-1000-10');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Figures' })).toBeVisible();
  await page.getByRole('button', { name: 'Run now' }).first().click();
  await other.bringToFront();
  await expect(otherWindow.executions.rows('bench-1000-10', 'success')).toHaveCount(1);
  await otherWindow.executions.search.fill('oldest lost');
  await otherWindow.executions.openNewest('bench-2-1');
  await expect(other.getByText('The oldest run lost its disk.').first()).toBeVisible();
});

/** Serves a page of another program on this machine. It is of the same site, so the browser sends the cookie to both. */
async function serveForeignPage(): Promise<string> {
  const program = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>Foreign</title>'),
  );
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  foreign = program;
  return `http://127.0.0.1:${(program.address() as AddressInfo).port}/`;
}

test('a page of another origin can post no form, call nothing and hear nothing, although the person is signed in', async () => {
  const context = await browser.newContext({ viewport: { width: 1180, height: 760 } });
  const page = await context.newPage();
  await page.goto(await serveWeb());
  await expect(new MainWindow(page).link('Overview')).toBeVisible();
  const { origin } = new URL(page.url());
  const evil = await context.newPage();
  await evil.goto(await serveForeignPage());
  const tried = await evil.evaluate(async (target) => {
    const task = JSON.stringify({
      name: 'Evil',
      schedule: 'every minute',
      tool: 'shell:run',
      parameters: { command: 'true' },
    });
    const post = { method: 'POST', credentials: 'include', body: task } as const;
    const outcome = (call: Promise<Response>): Promise<string> =>
      call.then(
        ({ type }) => type,
        () => 'failed',
      );
    const heard = new Promise<string>((resolve) => {
      const events = new EventSource(`${target}/events?window=evil-window`, { withCredentials: true });
      events.onmessage = () => resolve('heard');
      events.addEventListener('ready', () => resolve('heard'));
      events.onerror = () => resolve('refused');
    });
    return {
      json: await outcome(
        fetch(`${target}/call/tasks.create`, { ...post, headers: { 'content-type': 'application/json' } }),
      ),
      read: await outcome(fetch(`${target}/session`, { credentials: 'include' })),
      // A request that the browser sends without asking the server first.
      blind: await outcome(fetch(`${target}/call/tasks.create`, { ...post, mode: 'no-cors' })),
      events: await heard,
    };
  }, origin);
  expect(tried).toEqual({ json: 'failed', read: 'failed', blind: 'failed', events: 'refused' });
  await evil.setContent(
    `<form method="post" enctype="text/plain" action="${origin}/call/tasks.create"><button name='{"name":"Evil","schedule":"every minute","tool":"shell:run","parameters":{"command":"true"},"x":"' value='"}'>Win</button></form>`,
  );
  const [answer] = await Promise.all([
    evil.waitForResponse(`${origin}/call/tasks.create`),
    evil.getByRole('button').click(),
  ]);
  expect(answer.status()).toBe(403);
  expect(await new CommandLine('headless', dataDir, process.env).tasks()).toEqual([]);
});
