import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandRunner } from '../run-program.ts';
import { launchdJobs } from './launchd-jobs.ts';

const plist = (label: string, keys: string): string =>
  `<?xml version="1.0"?><plist version="1.0"><dict><key>Label</key><string>${label}</string><key>ProgramArguments</key><array><string>/bin/x</string><string>-v</string></array>${keys}</dict></plist>`;
const at3 =
  '<key>StartCalendarInterval</key><dict><key>Hour</key><integer>3</integer><key>Minute</key><integer>0</integer></dict>';

/** As `launchctl print` answers on macOS 14. */
const printed: Readonly<Record<string, string>> = {
  'gui/501/com.kim.failed': 'gui/501/com.kim.failed = {\n\tstate = not running\n\truns = 4\n\tlast exit code = 3\n}',
  'gui/501/com.kim.new': 'x = {\n\tstate = not running\n\truns = 0\n\tlast exit code = (never exited)\n}',
  'system/org.system': 'x = {\n\tstate = running\n\tpid = 7\n}',
};
const run: CommandRunner = async (_file, [, target = '']) => {
  const stdout = printed[target];
  return { exitCode: stdout === undefined ? 113 : 0, stdout: stdout ?? '', stderr: '', failure: null };
};

test('agents and daemons that run by the clock are listed with the exit code that launchctl knows', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ncp-launchd-jobs-'));
  try {
    const own = join(root, 'home/Library/LaunchAgents');
    const daemons = join(root, 'Library/LaunchDaemons');
    for (const folder of [own, daemons]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(own, 'failed.plist'), plist('com.kim.failed', at3));
    writeFileSync(join(own, 'new.plist'), plist('com.kim.new', '<key>StartInterval</key><integer>50</integer>'));
    writeFileSync(join(own, 'unloaded.plist'), plist('com.kim.unloaded', at3));
    writeFileSync(join(own, 'at-login.plist'), plist('com.kim.login', '<key>RunAtLoad</key><true/>'));
    writeFileSync(join(own, 'ours.plist'), plist('com.kim.ours', `${at3}<key>NCPScheduler</key><string>1</string>`));
    writeFileSync(join(own, 'binary.plist'), 'bplist00');
    writeFileSync(join(daemons, 'org.plist'), plist('org.system', at3));
    const context = { nowMs: 0, timezone: 'UTC', homeDir: join(root, 'home'), username: 'kim' };
    const { jobs, unread } = await launchdJobs({ run, uid: 501, root }, context);
    expect(jobs.map(({ source, name, last, stopped }) => [source, name, last.result, last.detail, stopped])).toEqual([
      ['failed.plist', 'com.kim.failed', 'failed', 'exit code 3', null],
      ['new.plist', 'com.kim.new', 'unknown', 'has not run since it was loaded', null],
      ['unloaded.plist', 'com.kim.unloaded', 'unknown', 'launchd does not know it', 'It is not loaded.'],
      [join(daemons, 'org.plist'), 'org.system', 'running', 'running', null],
    ]);
    expect(jobs[0]).toMatchObject({ command: '/bin/x -v', trigger: null, runsAs: null });
    expect(jobs[1]).toMatchObject({ trigger: 'Every 50 s', written: 'StartInterval=50', nextMs: null });
    expect(jobs[3]?.runsAs).toBe('root');
    expect(unread).toMatchObject([
      { what: join(own, 'binary.plist'), reason: expect.stringContaining('binary plist') as string },
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
