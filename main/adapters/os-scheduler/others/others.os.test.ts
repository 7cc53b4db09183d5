import { rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { dayMs } from '../../../domain/durations.ts';
import type { FoundJob } from '../../../ports/other-schedulers.ts';
import { createCommandRunner } from '../run-program.ts';
import { installedTexts } from '../importing/installed-texts.ts';
import { unitDirectory } from '../systemd/translate.ts';
import { UserManager } from '../systemd/user-manager.ts';
import { CRONTAB_WAIT_MS, holdCrontab } from '../testing/whole-crontab.ts';
import { createOtherSchedulers } from './other-schedulers.ts';

const run = createCommandRunner();
const runtimeDir = process.env['XDG_RUNTIME_DIR'] ?? null;
const manager = new UserManager(run, runtimeDir);
const mark = `others-${process.pid}`;
const folder = unitDirectory(homedir());

const find = (nowMs = Date.now()) =>
  createOtherSchedulers({
    agentsOf: { platform: 'linux', homeDir: '/no-such-home', env: {} },
    ...{ platform: 'linux', run, runtimeDir, ...installedTexts(run), daemonRuns: () => true },
    context: () => ({ nowMs, timezone: 'UTC', homeDir: homedir(), username: userInfo().username }),
    uid: process.getuid?.() ?? null,
    // The system's own tables differ from machine to machine.
    root: join(tmpdir(), 'no-such-folder'),
  }).find();
const named = (jobs: readonly FoundJob[], name: string): FoundJob | undefined =>
  jobs.find((job) => job.name === `${mark}-${name}`);

function writeTimer(name: string, timer: string, service: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${mark}-${name}.timer`), `[Timer]\n${timer}\n[Install]\nWantedBy=timers.target\n`);
  writeFileSync(join(folder, `${mark}-${name}.service`), `[Service]\nType=oneshot\nExecStart=${service}\n`);
  return `${mark}-${name}`;
}

describe('with the real user manager of systemd', () => {
  const units: string[] = [];
  const needManager = async (test: TestContext): Promise<void> => {
    const problem = await manager.unavailable();
    if (problem !== null) test.skip(`no systemd user manager answers: ${problem}`);
  };

  afterEach(async () => {
    const names = units.splice(0);
    await manager.disable(names.map((name) => `${name}.timer`));
    await run('systemctl', ['--user', 'reset-failed', ...names.map((name) => `${name}.service`)]);
    for (const name of names)
      for (const kind of ['timer', 'service']) rmSync(join(folder, `${name}.${kind}`), { force: true });
    await manager.reload();
  });

  it('tells a failed timer, a timer that is due, a disabled and a disappeared one apart', async (test) => {
    await needManager(test);
    units.push(writeTimer('failed', 'OnCalendar=*-*-* 03:00\nPersistent=no', '/bin/sh -c "exit 3"'));
    units.push(writeTimer('due', 'OnCalendar=*-*-* 04:00\nAccuracySec=1s', '/bin/true'));
    units.push(writeTimer('disabled', 'OnCalendar=hourly', '/bin/true'));
    units.push(writeTimer('gone', 'OnUnitActiveSec=1h', '/bin/true'));
    rmSync(join(folder, `${mark}-gone.service`));
    await manager.reload();
    await manager.enable([`${mark}-failed.timer`, `${mark}-due.timer`, `${mark}-gone.timer`]);
    await run('systemctl', ['--user', 'start', `${mark}-failed.service`]);

    const { jobs, unread } = await find();
    expect(unread.filter(({ place }) => place === 'systemd-user')).toEqual([]);
    expect(named(jobs, 'failed')).toMatchObject({
      place: 'systemd-user',
      source: `${mark}-failed.timer`,
      command: '/bin/sh -c exit 3',
      written: 'OnCalendar=*-*-* 03:00:00',
      last: { result: 'failed', detail: 'exit code 3' },
      stopped: null,
    });
    expect(named(jobs, 'failed')?.original).toContain('ExecStart=/bin/sh -c "exit 3"');
    const due = named(jobs, 'due');
    expect(due?.last).toEqual({ atMs: null, result: 'unknown', detail: 'has not run yet' });
    expect(new Date(due?.nextMs ?? 0).toISOString().slice(11)).toBe('04:00:00.000Z');
    expect(due?.schedules).toHaveLength(1);
    expect(named(jobs, 'disabled')?.stopped).toBe('The timer is not started (disabled).');
    expect(named(jobs, 'gone')).toMatchObject({
      last: { result: 'failed', detail: `the unit it starts, ${mark}-gone.service, was not found` },
    });
  });

  it('knows since when a timer of which no run is recorded should have run', async (test) => {
    await needManager(test);
    units.push(writeTimer('late', 'OnCalendar=*-*-* 04:00', '/bin/true'));
    await manager.reload();
    await manager.enable([`${mark}-late.timer`]);
    const inTwoDays = Date.now() + 2 * dayMs;
    const { jobs, unread } = await find(inTwoDays);
    expect(unread.filter(({ place }) => place === 'systemd-user')).toEqual([]);
    const late = named(jobs, 'late');
    expect(late?.nextMs).toBeLessThan(inTwoDays - dayMs + 1);
    expect(late?.watchedFromMs).toBeGreaterThan(Date.now() - dayMs);
    expect(late?.graceMs).toBe(120_000);
  });
});

describe('with the real crontab', () => {
  beforeAll(holdCrontab, CRONTAB_WAIT_MS);
  let isMine = false;
  afterEach(async () => {
    if (isMine) await run('crontab', ['-r']);
    isMine = false;
  });

  it('lists its lines as they are written', async (test) => {
    const present = await run('crontab', ['-l']);
    if (present.failure !== null) test.skip(`crontab does not start: ${present.failure}`);
    if (present.exitCode === 0 && process.env['NCP_TEST_USER'] !== 'throwaway')
      test.skip('you have a crontab of your own');
    isMine = true;
    await run('crontab', ['-'], { input: '# Photos\n0 3 * * * backup 50\\% done\n@reboot mount-disk\n' });
    const { jobs, unread } = await find();
    expect(unread.filter(({ place }) => place === 'crontab')).toEqual([]);
    expect(jobs.filter(({ place }) => place === 'crontab')).toMatchObject([
      { source: 'line 2', name: 'Photos', command: 'backup 50% done', original: '0 3 * * * backup 50\\% done' },
      { source: 'line 3', name: 'mount-disk', trigger: 'When the machine starts', nextMs: null },
    ]);
  });
});
