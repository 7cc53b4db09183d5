import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { AutostartFile } from '../adapters/freedesktop/autostart-file.ts';
import { createApplication } from '../application/create-application.ts';
import type { OsSchedulerKind } from '../contract/os-scheduler-kinds.ts';
import { temporaryDir } from '../testing/temporary-dir.ts';
import { openOutside } from './outside.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const onWindows = process.platform === 'win32';

afterEach(() => vi.unstubAllEnvs());

/** A person with a home of their own, a crontab in a file outside it, and settings of two agents. */
function person() {
  const [home, elsewhere] = [temporaryDir(), temporaryDir()];
  const crontab = join(elsewhere, 'crontab.txt');
  const program = join(elsewhere, 'crontab');
  writeFileSync(program, `#!/bin/sh\n[ "$1" = -l ] && exec cat '${crontab}'\nexec cat >'${crontab}'\n`);
  chmodSync(program, 0o755);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  write(crontab, '0 5 * * * /usr/bin/backup\n');
  write(join(home, '.cursor/mcp.json'), '{\n  // mine\n  "mcpServers": {\n    "files": { "command": "npx" }\n  }\n}\n');
  write(join(home, '.config/autostart/other.desktop'), '[Desktop Entry]\n');
  write(join(home, '.local/bin/other'), '#!/bin/sh\n');
  write(join(home, '.ncp/profiles/all.json'), '{}\n');
  vi.stubEnv('HOME', home);
  vi.stubEnv('PATH', `${elsewhere}:/usr/bin:/bin`);
  vi.stubEnv('XDG_CONFIG_HOME', undefined);
  vi.stubEnv('NCP_SCHEDULER_DIR', undefined);
  const machine = () => ({ ...filesBelow(home), crontab: readFileSync(crontab, 'utf8') });
  return { home, machine, dataDir: join(home, '.ncp/scheduler') };
}

/** Returns each file with its content and mode, and each folder. */
function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names.map((name) => {
      const stats = statSync(join(folder, name));
      return [name, stats.isDirectory() ? 'folder' : `${stats.mode} ${readFileSync(join(folder, name), 'utf8')}`];
    }),
  );
}

function opened(scheduler: OsSchedulerKind = 'cron') {
  const script = '/usr/lib/node_modules/ncp-scheduler/headless/headless.js';
  const executable = { execPath: process.execPath, appImage: undefined, script, platform: process.platform };
  const workers = () => Promise.reject(new Error('no task runs in this test'));
  const outside = openOutside({ dataDir: null, version: '1.0.0', executable, logger: silent, workers });
  // Whether a cron daemon runs on this machine does not matter here.
  return createApplication({ ...outside, chooseOsScheduler: () => outside.osSchedulers(scheduler) });
}

/** Uses everything that leaves something on the machine. */
async function usedMachine(
  { home }: ReturnType<typeof person>,
  scheduler?: OsSchedulerKind,
): Promise<ReturnType<typeof opened>> {
  const application = opened(scheduler);
  const task = { name: 'Ping', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
  await (await application.tasks()).create(task, 'test');
  (await application.secrets()).set('TOKEN', 'secret');
  await (await application.shellCommand()).install();
  const agents = await application.agentPrograms();
  for (const { program, change } of agents.list()) {
    if (change !== null && ['cursor', 'gemini'].includes(program)) agents.connect(program, change.basis);
  }
  new AutostartFile({ configHome: undefined, homeDir: home, namespace: '', command: ['/opt/ncp'] }).setEnabled(true);
  return application;
}

test.skipIf(onWindows)('after a purge, every file of the machine is as before', async () => {
  const someone = person();
  const before = someone.machine();
  const application = await usedMachine(someone);
  expect(someone.machine().crontab).toContain('_timing-run daily-9am');
  const { steps } = await (await application.uninstall()).run({ purge: true, dryRun: false });
  await application.close();
  expect(steps.filter(({ change }) => change !== 'removed')).toEqual([]);
  const after = someone.machine();
  // The copy of the agent's settings is the person's own text. Empty folders of other programs stay.
  const left = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
  expect(left.map((name) => name.replace(/json\..*\.backup$/, 'json.TIME.backup')).sort()).toEqual(
    process.platform === 'linux' ? ['.cursor/mcp.json.TIME.backup', '.gemini'] : expect.anything(),
  );
  expect(after).toMatchObject(before);
});

test.skipIf(onWindows)('folders for entries go if they are empty, and stay with the files of others', async () => {
  const someone = person();
  const folder = join(someone.home, '.config/systemd/user');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(someone.home, '.config/ncp-scheduler'));
  writeFileSync(join(someone.home, '.config/ncp-scheduler/mine.txt'), 'mine');
  const application = opened();
  await (await application.uninstall()).run({ purge: false, dryRun: true });
  expect(existsSync(folder)).toBe(true);
  await (await application.uninstall()).run({ purge: false, dryRun: false });
  await application.close();
  expect(existsSync(join(someone.home, '.config/systemd'))).toBe(false);
  expect(readdirSync(join(someone.home, '.config')).sort()).toEqual(['autostart', 'ncp-scheduler']);
});

test.skipIf(onWindows)('without a purge, the data stays and can be used again', async () => {
  const someone = person();
  const application = await usedMachine(someone);
  const { steps, left } = await (await application.uninstall()).run({ purge: false, dryRun: false });
  await application.close();
  expect(steps.at(-1)).toMatchObject({ what: 'data', path: someone.dataDir, change: 'kept' });
  expect(left.join('\n')).toContain('The program:');
  expect(existsSync(join(someone.dataDir, 'schedule.json'))).toBe(true);
  expect(someone.machine().crontab).toBe('0 5 * * * /usr/bin/backup\n');
  const again = opened();
  expect((await again.tasks()).list()).toMatchObject([{ name: 'Ping' }]);
  await again.close();
});

test.skipIf(onWindows)('a dry run lists the same and changes nothing', async () => {
  const someone = person();
  const application = await usedMachine(someone);
  const before = someone.machine();
  const { steps } = await (await application.uninstall()).run({ purge: true, dryRun: true });
  expect(someone.machine()).toEqual(before);
  expect(steps.find(({ what }) => what === 'os-entry')?.path).toBe('crontab: daily-9am');
  expect(new Set(steps.map(({ what }) => what))).toEqual(
    new Set([
      'os-entry',
      'shell-command',
      'agent',
      'data',
      'cache',
      ...(process.platform === 'linux' ? ['autostart'] : []),
    ]),
  );
  await application.close();
});

test.skipIf(onWindows)('groups that the app itself starts have no entry to remove', async () => {
  const application = await usedMachine(person(), 'in-process');
  const { steps } = await (await application.uninstall()).run({ purge: false, dryRun: true });
  await application.close();
  expect(steps.map(({ what }) => what)).not.toContain('os-entry');
});

test.skipIf(onWindows)('files of other programs in the data directory stay, and are named', async () => {
  const someone = person();
  const application = await usedMachine(someone);
  writeFileSync(join(someone.dataDir, 'notes.txt'), 'mine');
  const { left } = await (await application.uninstall()).run({ purge: true, dryRun: false });
  await application.close();
  expect(readdirSync(someone.dataDir)).toEqual(['notes.txt']);
  expect(left[0]).toContain('notes.txt');
});
