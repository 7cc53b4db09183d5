import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parsePlist } from '../launchd/plist-text.ts';
import { LaunchdService } from './launchd-service.ts';
import { serviceUnit } from './systemd-unit.ts';
import { WindowsService } from './windows-service.ts';

let homeDir: string;
beforeEach(() => (homeDir = mkdtempSync(join(tmpdir(), 'ncp-service-'))));
afterEach(() => rmSync(homeDir, { recursive: true }));

const web = { args: ['--web', '--listen', '127.0.0.1:4100'], hardened: false };
const contextOf = (command: readonly string[], namespace = '') => ({
  command,
  env: { PATH: '/bin' },
  homeDir,
  namespace,
});

test('the unit restarts after a failure, restricts no task by itself, and escapes its command', () => {
  const unit = serviceUnit(web, contextOf(['/bin/sh', '/home/a b/50%/$HOME/launcher.sh']), {
    ...{ version: 252, watched: false },
  });
  expect(unit).toContain(
    'ExecStart="/bin/sh" "/home/a b/50%%/$$HOME/launcher.sh" "serve" "--web" "--listen" "127.0.0.1:4100"\n',
  );
  expect(unit).toContain('Restart=on-failure\n');
  expect(unit).not.toMatch(/NoNewPrivileges|PrivateTmp|RestartSteps|Watchdog/);
});

test('a hardened unit gives no new privileges and a private /tmp; newer systemd waits longer after each failure', () => {
  const unit = serviceUnit({ ...web, hardened: true }, contextOf(['/opt/ncp']), { version: 257, watched: true });
  expect(unit).toMatch(/^NoNewPrivileges=yes$/m);
  expect(unit).toMatch(/^PrivateTmp=yes$/m);
  expect(unit).toMatch(/^RestartMaxDelaySec=300$/m);
  expect(unit).toMatch(/^WatchdogSec=180\nWatchdogSignal=SIGKILL\nNotifyAccess=all$/m);
});

test('on macOS, an agent is written, loaded, shown and removed', async () => {
  const loaded: string[] = [];
  const launchctl = {
    unavailable: () => Promise.resolve(null),
    isLoaded: (label: string) => Promise.resolve(loaded.includes(label)),
    load: async (label: string) => void loaded.push(label),
    unload: async () => void loaded.splice(0),
  };
  const context = () => contextOf(['/usr/bin/ncp', '--data-dir', '/a & b'], 'abc');
  const service = new LaunchdService({ launchctl, context, log: '/data/serve.log' });
  expect(await service.state()).toMatchObject({ state: 'absent' });
  const { path, ...installed } = await service.install(web);
  expect(installed).toMatchObject({ state: 'installed', running: true });
  expect(parsePlist(readFileSync(path ?? '', 'utf8'))).toMatchObject({
    ProgramArguments: ['/usr/bin/ncp', '--data-dir', '/a & b', 'serve', '--web', '--listen', '127.0.0.1:4100'],
    KeepAlive: { SuccessfulExit: false },
    RunAtLoad: true,
  });
  expect(await service.uninstall()).toMatchObject({ state: 'absent' });
  expect({ file: existsSync(path ?? ''), loaded }).toEqual({ file: false, loaded: [] });
});

test('a file of that name that is not ours is neither replaced nor removed', async () => {
  const launchctl = {
    unavailable: () => Promise.resolve(null),
    isLoaded: () => Promise.resolve(false),
    load: () => Promise.resolve(),
    unload: () => Promise.resolve(),
  };
  const service = new LaunchdService({ launchctl, context: () => contextOf(['/usr/bin/ncp']), log: '/log' });
  const { path } = await service.install(web);
  writeFileSync(path ?? '', '<plist/>');
  expect(await service.state()).toMatchObject({ state: 'foreign' });
  await expect(service.install(web)).rejects.toMatchObject({ code: 'os/foreign-entry' });
  await expect(service.uninstall()).rejects.toMatchObject({ code: 'os/foreign-entry' });
  expect(readFileSync(path ?? '', 'utf8')).toBe('<plist/>');
});

test('on Windows, a task starts at logon, without a time limit and again after a failure', async () => {
  const tasks = new Map<string, string>();
  const schtasks = {
    unavailable: () => Promise.resolve(null),
    xml: (name: string) => Promise.resolve(tasks.get(name) ?? null),
    create: async (name: string, xml: string) => void tasks.set(name, xml),
    delete: async (name: string) => void tasks.delete(name),
    start: () => Promise.resolve(),
    end: () => Promise.resolve(),
  };
  const command = ['C:\\Program Files\\nodejs\\node.exe', 'C:\\ncp\\headless.js'];
  const service = new WindowsService({ schtasks, context: () => contextOf(command) });
  expect(await service.install(web)).toMatchObject({
    state: 'installed',
    path: '\\NCP Scheduler\\ncp-scheduler.serve',
  });
  const task: unknown = new XMLParser().parse([...tasks.values()][0] ?? '');
  expect(task).toMatchObject({
    Task: {
      Triggers: { LogonTrigger: { Enabled: true } },
      Settings: { ExecutionTimeLimit: 'PT0S', RestartOnFailure: { Interval: 'PT1M', Count: 999 } },
      Actions: {
        Exec: {
          Command: '%SystemRoot%\\System32\\conhost.exe',
          Arguments:
            '--headless "C:\\Program Files\\nodejs\\node.exe" C:\\ncp\\headless.js serve --web --listen 127.0.0.1:4100',
        },
      },
    },
  });
  expect(await service.uninstall()).toMatchObject({ state: 'absent' });
  expect(tasks.size).toBe(0);
});
