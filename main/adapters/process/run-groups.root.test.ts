import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesWith } from '../../testing/proc-facts.ts';
import { runnerFixture } from '../../testing/runner-fixture.ts';
import { runGroups } from './run-groups.ts';

const mount = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find((path) => existsSync(join(path, 'cgroup.controllers')));
const without = process.platform !== 'linux' || process.getuid?.() !== 0 || mount === undefined;
const unit = join(mount ?? '', `ncp-scheduler-test-${process.pid}.service`);
/** The group in which the tests were started. */
const home = /^0::(.*)$/m.exec(without ? '' : readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';

/** Clears its environment, starts a session of its own and loses its parent, before anybody can look. */
const escape = (seconds: string) =>
  `setsid -f env -i /bin/sh -c '(setsid env -i /bin/sleep ${seconds} &)' >/dev/null 2>&1`;
const token = () => `6${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;

describe.skipIf(without)('a run in a control group (root creates it here; elsewhere systemd does)', () => {
  beforeEach(() => {
    mkdirSync(unit);
    writeFileSync(join(unit, 'cgroup.procs'), String(process.pid));
  });
  afterEach(() => {
    writeFileSync(join(mount ?? '', home, 'cgroup.procs'), String(process.pid));
    rmdirSync(unit);
  });

  it('leaves no daemon that hides from every other search, and no group', async () => {
    const { start } = await runnerFixture();
    const mark = token();
    const run = start('shell:run', { command: `for i in 1 2 3 4 5; do ${escape(mark)}; done; sleep 0.3; echo up` });
    expect(await run.finished).toMatchObject({ status: 'success' });
    expect(run.log()).toMatch(/left 5 in the background; ending them now: sleep/);
    expect(processesWith(mark)).toEqual([]);
    expect(existsSync(join(unit, `run-${run.executionId}`))).toBe(false);
  });

  it('leaves none either when its worker is killed', async () => {
    const { start } = await runnerFixture();
    const mark = token();
    const run = start('shell:run', { command: `${escape(mark)}; sleep 0.3; echo up; sleep ${mark}` });
    await expect.poll(run.log, { timeout: 20_000 }).toContain(' out up');
    expect(processesWith(mark).length).toBeGreaterThan(1);
    process.kill(run.workerPid() ?? 0, 'SIGKILL');
    expect(await run.finished).toMatchObject({ error: { code: 'worker/crashed' } });
    expect(processesWith(mark)).toEqual([]);
    expect(existsSync(join(unit, `run-${run.executionId}`))).toBe(false);
  });

  it('finds the group also from inside the run', () => {
    const groups = runGroups();
    groups?.enter('inner');
    expect(runGroups()?.pids('inner')).toEqual(new Set([process.pid]));
    writeFileSync(join(unit, 'cgroup.procs'), String(process.pid));
    groups?.remove('inner');
    expect(existsSync(join(unit, 'run-inner'))).toBe(false);
  });
});
