// Runs a command in a minimal desktop session: a private D-Bus, a virtual display, a systemd user manager. Runs as an
// ordinary user. The command runs even if one of them is missing: NCP_TEST_BUS, NCP_TEST_DISPLAY, NCP_TEST_SYSTEMD and
// NCP_TEST_CRON are `available` or the reason why not, and tests that need the service are skipped with that reason.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, passSignalsOn, runInForeground } from '../setup/command.mjs';
import { until } from './processes.mjs';

const systemd = '/lib/systemd/systemd';
const available = 'available';

/** @type {Array<() => Promise<void> | void>} */
const stops = [];
const env = { ...process.env };
const scratch = mkdtempSync(join(tmpdir(), 'ncp-session-'));
stops.push(() => rmSync(scratch, { recursive: true, force: true }));

/**
 * Starts a service that stops with the session. Its output is discarded unless NCP_TEST_VERBOSE is set.
 * @param {string} command
 * @param {readonly string[]} args
 */
const startService = (command, args) => {
  const verbose = env['NCP_TEST_VERBOSE'] ? 2 : 'ignore';
  const child = spawn(command, args, { env, stdio: ['ignore', verbose, verbose, 'pipe'], detached: true });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let over = false;
  void ended.then(() => (over = true));
  child.once('error', (error) => console.error(`test session: ${command}: ${error.message}`));
  stops.push(async () => {
    if (!over) child.kill('SIGTERM');
    if (!(await until(() => over, 5_000))) child.kill('SIGKILL');
  });
  return { child, isOver: () => over };
};

/** Starts a private bus, because the tray host and notification server of the tests would collide with a desktop's. */
const startBus = async () => {
  if (findProgram('dbus-daemon') === undefined) return 'dbus-daemon is not installed (Debian package dbus)';
  const socket = join(scratch, 'bus');
  env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${socket}`;
  startService('dbus-daemon', ['--session', '--nofork', '--nopidfile', `--address=${env['DBUS_SESSION_BUS_ADDRESS']}`]);
  return (await until(() => existsSync(socket), 10_000))
    ? available
    : 'dbus-daemon did not open its socket within 10 s';
};

const startDisplay = async () => {
  if (process.platform !== 'linux') return available;
  if (findProgram('Xvfb') === undefined) return 'Xvfb is not installed (Debian package xvfb)';
  // With -displayfd, Xvfb chooses a free display and prints its number when it is ready, so runs do not collide.
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'];
  const { child, isOver } = startService('Xvfb', args);
  let number = '';
  child.stdio[3]?.on('data', (chunk) => (number += String(chunk)));
  const up = await until(() => number.includes('\n') || isOver(), 20_000);
  if (!up || isOver()) return 'Xvfb did not start within 20 s';
  env['DISPLAY'] = `:${number.trim()}`;
  delete env['WAYLAND_DISPLAY'];
  return available;
};

const managerState = () => {
  const answer = spawnSync('systemctl', ['--user', 'is-system-running'], { env, encoding: 'utf8' });
  return (answer.stdout ?? '').trim();
};

const managerAnswers = () => ['running', 'degraded'].includes(managerState());

const startSystemd = async () => {
  if (process.platform !== 'linux') return 'systemd exists only on Linux';
  const runtime = env['XDG_RUNTIME_DIR'];
  if (findProgram('systemctl') === undefined) return 'systemd is not installed (Debian package systemd)';
  if (runtime === undefined) return 'XDG_RUNTIME_DIR is not set: this is not a login session';
  const socket = join(runtime, 'systemd/private');
  if (existsSync(socket)) return managerAnswers() ? available : 'the systemd user manager does not answer';
  if (env['NCP_TEST_USER'] !== 'throwaway') return 'no systemd user manager runs for this user';
  if (!existsSync(systemd)) return `${systemd} is missing`;
  const { isOver } = startService(systemd, ['--user', '--log-target=console']);
  await until(() => existsSync(socket) || isOver(), 20_000);
  if (isOver()) return 'systemd --user ended at once (NCP_TEST_VERBOSE=1 shows why)';
  if (!(await until(managerAnswers, 20_000))) return `systemd --user is in the state "${managerState()}" after 20 s`;
  // A desktop does the same at login, so that programs started by units can open windows.
  spawnSync('systemctl', ['--user', 'import-environment', 'DISPLAY', 'DBUS_SESSION_BUS_ADDRESS'], { env });
  return available;
};

const checkCron = () => {
  if (process.platform === 'win32') return 'there is no cron on Windows';
  if (findProgram('crontab') === undefined) return 'crontab is not installed (Debian package cron)';
  if (process.platform === 'linux' && !existsSync('/run/crond.pid')) return 'no cron daemon runs';
  return available;
};

const main = async () => {
  const [command, ...args] = process.argv.slice(2);
  if (command === undefined) throw new Error('usage: session.mjs COMMAND [ARGUMENT…]');
  env['NCP_TEST_BUS'] = await startBus();
  env['NCP_TEST_DISPLAY'] = await startDisplay();
  env['NCP_TEST_SYSTEMD'] = await startSystemd();
  env['NCP_TEST_CRON'] = checkCron();
  for (const name of ['NCP_TEST_BUS', 'NCP_TEST_DISPLAY', 'NCP_TEST_SYSTEMD', 'NCP_TEST_CRON']) {
    if (env[name] !== available)
      console.error(`test session: ${name.slice('NCP_TEST_'.length).toLowerCase()}: ${env[name]}`);
  }
  return runInForeground(command, args, { env });
};

// Keep running on a signal while services start, so that the `finally` below stops them.
const stopPassing = passSignalsOn((signal) => console.error(`test session: received ${signal}, stopping`));
try {
  process.exitCode = await main();
} catch (error) {
  console.error(`test session: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  for (const stop of stops.reverse()) await stop();
  stopPassing();
}
