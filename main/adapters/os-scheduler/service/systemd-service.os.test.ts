import { existsSync, readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { createCommandRunner, type CommandRunner } from '../run-program.ts';
import { SystemdService } from './systemd-service.ts';

const run = createCommandRunner();
/** The words after the command, `serve --web`, become arguments of the shell. */
const context = {
  command: ['/bin/sh', '-c', 'exec sleep 600', "it's $HOME"],
  env: { PATH: '/usr/bin:/bin' },
  homeDir: homedir(),
  namespace: `s${process.pid}`,
};
const runtimeDir = process.env['XDG_RUNTIME_DIR'] ?? null;
/** Everything is real, but that the user lingers: it would stay after the test. */
const withoutLinger: CommandRunner = (file, args, options) =>
  file === 'loginctl' && args[0] === 'enable-linger' ? run('true', []) : run(file, args, options);
const service = new SystemdService({
  run: withoutLinger,
  runtimeDir,
  username: userInfo().username,
  context: () => context,
});

afterEach(() => service.uninstall());

test('the hardened service starts, and its program can gain no new privileges', async (test) => {
  const before = await service.state();
  if (before.state === 'unavailable') return test.skip(`no systemd user manager answers: ${before.notes.join(' ')}`);
  const installed = await service.install({ args: [], hardened: true });
  expect(installed).toMatchObject({ state: 'installed', running: true });
  const unit = installed.path?.split('/').at(-1) ?? '';
  const { stdout } = await run('systemctl', ['--user', 'show', '-P', 'MainPID', unit]);
  expect(readFileSync(`/proc/${stdout.trim()}/status`, 'utf8')).toMatch(/^NoNewPrivs:\s*1$/m);
});

test('the service starts, comes back after a crash, and leaves nothing', async (test) => {
  const before = await service.state();
  if (before.state === 'unavailable') return test.skip(`no systemd user manager answers: ${before.notes.join(' ')}`);
  expect(before).toMatchObject({ state: 'absent' });

  const installed = await service.install({ args: ['--web'], hardened: false });
  expect(installed).toMatchObject({ state: 'installed', running: true });
  expect(installed.command).toContain('--web');
  const path = installed.path ?? '';
  const verified = await run('systemd-analyze', ['--user', 'verify', path]);
  expect(`${verified.stdout}${verified.stderr}`.split('\n').filter((line) => line.includes(path))).toEqual([]);

  const unit = path.split('/').at(-1) ?? '';
  await run('systemctl', ['--user', 'kill', '--signal=SIGKILL', unit]);
  await expect
    .poll(async () => (await run('systemctl', ['--user', 'show', '-P', 'NRestarts', unit])).stdout)
    .toBe('1\n');
  await expect.poll(async () => (await service.state()).running).toBe(true);

  // Installing again replaces it.
  expect(await service.install({ args: ['--web', '--no-open'], hardened: false })).toMatchObject({ running: true });
  expect(readFileSync(path, 'utf8')).toContain('"--no-open"');

  expect(await service.uninstall()).toMatchObject({ state: 'absent' });
  expect(existsSync(path)).toBe(false);
  expect((await run('systemctl', ['--user', 'is-active', unit])).stdout.trim()).toBe('inactive');
});
