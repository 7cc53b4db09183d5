import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createCommandRunner } from '../run-program.ts';
import { contextOf, groupOf } from '../testing/schedule-arbitraries.ts';
import { SystemdScheduler } from './systemd-scheduler.ts';
import { UserManager } from './user-manager.ts';

const run = createCommandRunner();
const manager = new UserManager(run, process.env['XDG_RUNTIME_DIR'] ?? null);
const scheduler = new SystemdScheduler({ manager, lingers: async () => false });

// A file of its own: it waits for two minutes of the clock while the other files run.
it('a timer of the real user manager fires by itself, and again while the previous run continues', async (test) => {
  const problem = await manager.unavailable();
  if (problem !== null) test.skip(`no systemd user manager answers: ${problem}`);
  const folder = mkdtempSync(join(tmpdir(), 'ncp-systemd-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const out = join(folder, 'fires');
  const script = join(folder, 'slow');
  writeFileSync(script, `#!/bin/sh\necho "$2" >> '${out}'\nexec sleep 300\n`);
  chmodSync(script, 0o755);
  const context = {
    ...contextOf('UTC', Date.now()),
    homeDir: homedir(),
    namespace: `f${process.pid}`,
    command: [script],
  };
  onTestFinished(async () => void (await scheduler.remove(['every-min'], context)));
  await scheduler.apply([groupOf('* * * * *', 'Asia/Kathmandu', 'every-min')], context);
  const fires = () => (existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n') : []);
  await expect.poll(fires, { timeout: 240_000, interval: 500 }).toEqual(['every-min', 'every-min']);
  await run('systemctl', ['--user', 'stop', `ncp-scheduler-${context.namespace}-every-min-run-*`]);
});
