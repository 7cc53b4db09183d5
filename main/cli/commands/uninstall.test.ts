import { expect, test, onTestFinished } from 'vitest';
import { cliFor, runLine } from '../../testing/cli-harness.ts';
import { memoryFleet } from '../../testing/fleet/memory-fleet.ts';
import { fleetUrl } from '../../testing/fleet/two-machines.ts';
import { memoryApplication } from '../../testing/memory-application.ts';

function application() {
  const made = memoryApplication();
  onTestFinished(() => made.dispose());
  return made;
}

test('uninstall asks, and without a terminal needs --yes', async () => {
  const { code, stderr } = await runLine(application(), ['uninstall', '--purge']);
  expect(code).toBe(2);
  expect(stderr).toContain('add --yes');
});

test('uninstall --purge lists what was removed, and how to remove the program', async () => {
  const { code, stdout } = await runLine(application(), ['uninstall', '--purge', '--yes']);
  expect(code).toBe(0);
  expect(stdout).toContain('Removed /memory/schedule.json (data)');
  expect(stdout).toContain('npm uninstall -g ncp-scheduler');
});

test('uninstall says that the user still lingers, which the service turned on', async () => {
  const made = application();
  expect((await runLine(made, ['uninstall', '--dry-run'])).stdout).not.toContain('linger');
  await runLine(made, ['serve', '--install']);
  for (const option of ['--dry-run', '--yes']) {
    const { stdout } = await runLine(made, ['uninstall', option]);
    expect(stdout, option).toContain('loginctl disable-linger');
    expect(stdout).toContain('ncp-scheduler.service (service)');
  }
});

test('uninstall is refused while the app would install its entries again', async () => {
  const made = application();
  made.setPrimary({ lost: false, call: () => Promise.reject(new Error('not asked')), close: () => undefined } as never);
  const { code, stderr } = await runLine(made, ['uninstall', '--yes']);
  expect(code).toBe(1);
  expect(stderr).toContain('Quit the app');
});

test('a dry run names each entry, says that the app runs, and changes nothing', async () => {
  const made = application();
  const cli = cliFor(() => made);
  await cli.create('Backup');
  made.setPrimary({ lost: false, call: () => Promise.reject(new Error('not asked')), close: () => undefined } as never);
  const { code, stdout } = await runLine(made, ['uninstall', '--dry-run']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Would remove \/memory\/systemd\/\S+ \(entry of the OS scheduler\)$/m);
  expect(stdout).toContain('Quit the app, or stop `serve`, before you uninstall');
});

test('a member of a fleet learns how to leave, and leaves by a purge', async () => {
  const made = application();
  const fleet = memoryFleet(made.clock);
  made.outside.useFleet(fleet);
  await fleet.init(fleetUrl);
  const cli = cliFor(() => made);
  expect((await runLine(made, ['uninstall', '--dry-run'])).stdout).not.toContain('fleet');
  await cli.ok('fleet join', fleetUrl, '--name', 'laptop');
  const kept = await runLine(made, ['uninstall', '--yes']);
  expect(kept.stdout).toContain(
    '(laptop in ncp at localhost:5432), and runs nothing for it. To leave it: ncp-scheduler fleet leave',
  );
  const purged = await runLine(made, ['uninstall', '--purge', '--yes']);
  expect(purged.stdout).toContain('Removed laptop in ncp at localhost:5432 (membership in the fleet)');
  expect(made.outside.inFleet()).toBe(false);
});

test('upgrade names the newest version and the commands for this installation', async () => {
  const { stdout } = await runLine(application(), ['upgrade']);
  expect(stdout).toContain('Newest:    1.3.0');
  expect(stdout).toContain('npm install -g ncp-scheduler@latest');
});

test('serve --install makes a service with the options of the window, and --status and --uninstall follow it', async () => {
  const made = application();
  const absent = await runLine(made, ['serve', '--status']);
  expect(absent).toMatchObject({ code: 1 });
  expect(absent.stdout).toContain('not installed');
  const { stdout } = await runLine(made, ['serve', '--install', '--web', '--listen', '127.0.0.1:4100', '--json']);
  const command = ['/opt/ncp-scheduler', 'serve', '--web', '--listen', '127.0.0.1:4100'];
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, service: { state: 'installed', command } });
  expect((await runLine(made, ['serve', '--status'])).code).toBe(0);
  expect((await runLine(made, ['serve', '--uninstall'])).stdout).toContain('not installed');
});

test.each([
  [['serve', '--install', '--status'], 'Give only one of --install, --status'],
  [['serve', '--hardened'], 'Add --install'],
  [['serve', '--install', '--listen', '127.0.0.1:4100'], 'Add --web'],
])('%j is refused with what to change', async (argv, message) => {
  const { code, stderr } = await runLine(application(), argv);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
