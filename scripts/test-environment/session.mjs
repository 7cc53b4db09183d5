// Runs a command in a desktop session as bare as can be: a private D-Bus, a virtual display, a systemd user manager.
// Runs as an ordinary user. What cannot be had does not stop the command: variables tell it, and its tests skip with
// the reason (NCP_TEST_BUS, NCP_TEST_DISPLAY, NCP_TEST_SYSTEMD, NCP_TEST_CRON: `available`, or why not).
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
 * Starts a service of the session, stopped at its end. Its own output goes nowhere unless NCP_TEST_VERBOSE is set.
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

/** A bus of our own: the tests' tray host and notification server must not meet a real desktop's. */
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
  // -displayfd picks a free display and tells it once it answers: no race with other runs.
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
  if (process.platform !== 'linux') return 'systemd is of Linux only';
  const runtime = env['XDG_RUNTIME_DIR'];
  if (findProgram('systemctl') === undefined) return 'systemd is not installed (Debian package systemd)';
  if (runtime === undefined) return 'XDG_RUNTIME_DIR is not set: this is no login session';
  const socket = join(runtime, 'systemd/private');
  if (existsSync(socket)) return managerAnswers() ? available : 'the systemd user manager does not answer';
  if (env['NCP_TEST_USER'] !== 'throwaway') return 'no systemd user manager runs for this user';
  if (!existsSync(systemd)) return `${systemd} is missing`;
  const { isOver } = startService(systemd, ['--user', '--log-target=console']);
  await until(() => existsSync(socket) || isOver(), 20_000);
  if (isOver()) return 'systemd --user ended at once (NCP_TEST_VERBOSE=1 shows why)';
  if (!(await until(managerAnswers, 20_000))) return `systemd --user is in the state "${managerState()}" after 20 s`;
  // As a desktop does at login: programs started by units can then open windows.
  spawnSync('systemctl', ['--user', 'import-environment', 'DISPLAY', 'DBUS_SESSION_BUS_ADDRESS'], { env });
  return available;
};

const lookForCron = () => {
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
  env['NCP_TEST_CRON'] = lookForCron();
  for (const name of ['NCP_TEST_BUS', 'NCP_TEST_DISPLAY', 'NCP_TEST_SYSTEMD', 'NCP_TEST_CRON']) {
    if (env[name] !== available)
      console.error(`test session: ${name.slice('NCP_TEST_'.length).toLowerCase()}: ${env[name]}`);
  }
  return runInForeground(command, args, { env });
};

// A signal that arrives while services are still starting must not leave them behind.
const stopPassing = passSignalsOn((signal) => console.error(`test session: ${signal}, ending`));
try {
  process.exitCode = await main();
} catch (error) {
  console.error(`test session: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  for (const stop of stops.reverse()) await stop();
  stopPassing();
}
