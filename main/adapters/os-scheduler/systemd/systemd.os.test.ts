import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { nextSlots } from '../../../domain/timing/slots.ts';
import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import type { OsGroup, TranslateContext } from '../../../ports/os-scheduler.ts';
import { createCommandRunner } from '../run-program.ts';
import { contextOf, cronTexts, groupOf, zones } from '../testing/schedule-arbitraries.ts';
import { firedGroups, runtimeFolder } from '../fired/fired-groups.ts';
import { SystemdScheduler } from './systemd-scheduler.ts';
import { unitPaths } from './unit-store.ts';
import { UserManager } from './user-manager.ts';

const run = createCommandRunner();
const manager = new UserManager(run, process.env['XDG_RUNTIME_DIR'] ?? null);
const scheduler = new SystemdScheduler({ manager, lingers: async () => false });
const installed: string[] = [];
let folder = '';
let context: TranslateContext;

async function needManager(test: TestContext): Promise<void> {
  const problem = await manager.unavailable();
  if (problem !== null) test.skip(`no systemd user manager answers: ${problem}`);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-systemd-'));
  context = {
    ...contextOf('UTC', Date.now()),
    homeDir: homedir(),
    namespace: `t${process.pid}`,
    command: ['/bin/true'],
  };
});

afterEach(async () => {
  await scheduler.remove(installed.splice(0), context);
  rmSync(folder, { recursive: true, force: true });
});

async function apply(groups: readonly OsGroup[]): ReturnType<SystemdScheduler['apply']> {
  installed.push(...groups.map((group) => group.timingId));
  return scheduler.apply(groups, context);
}

describe('with the real user manager', () => {
  it('starts a group of an event with the person’s manager, and at once if that runs already', async (test) => {
    await needManager(test);
    const [out, script] = [join(folder, 'fires'), join(folder, 'fire')];
    writeFileSync(script, `#!/bin/sh\necho "$* $MANAGERPID" >> '${out}'\n`);
    chmodSync(script, 0o755);
    context = { ...context, command: [script] };
    const schedule = { kind: 'event', events: ['startup', 'login'], timezone: 'UTC' } as const;
    const group = { timingId: 'at-login', key: scheduleKey(schedule), description: 'At login', schedule };
    expect(await apply([group])).toMatchObject([{ change: 'installed' }]);
    expect(await scheduler.list([group], context)).toMatchObject([{ state: 'installed' }]);
    const fires = () => (existsSync(out) ? readFileSync(out, 'utf8') : '');
    await expect
      .poll(fires, { timeout: 20_000, interval: 200 })
      .toMatch(/^_timing-run at-login --event startup --event login \d+\n$/);
    expect(await apply([group])).toMatchObject([{ change: 'unchanged' }]);
    const { timer } = unitPaths(group.timingId, context);
    const verified = await run('systemd-analyze', ['--user', 'verify', timer]);
    expect(`${verified.stdout}${verified.stderr}`).not.toMatch(/ncp-scheduler/);
  });

  it('installs 20 random groups, reads them back by systemd’s own engine, and leaves no trace', async (test) => {
    await needManager(test);
    const seed = Number(process.env['TEST_SEED'] ?? Date.now());
    const texts = fc.sample(fc.tuple(cronTexts, zones), { seed, numRuns: 20 });
    const groups = texts.map(([text, zone], index) => groupOf(text, zone, `random-${index}`));
    const told = `seed ${seed}: ${groups.map((group) => group.key).join(' ; ')}`;

    const changes = await apply(groups);
    expect(changes, told).toMatchObject(groups.map(({ timingId }) => ({ timingId, change: 'installed' })));
    expect((await scheduler.list(groups, context)).map((entry) => entry.state)).toEqual(groups.map(() => 'installed'));
    for (const group of groups) {
      const fires = await scheduler.readBack(group.timingId, context.fromMs, 20, context);
      expect(fires, told).toEqual(nextSlots(group.schedule, context.fromMs, 20).slice(0, fires.length));
      expect(fires.length, told).toBeGreaterThan(0);
    }
    expect((await scheduler.apply(groups, context)).map(({ change }) => change)).toEqual(groups.map(() => 'unchanged'));

    const removed = await scheduler.remove(
      groups.map(({ timingId }) => timingId),
      context,
    );
    expect(removed.map(({ change }) => change)).toEqual(groups.map(() => 'removed'));
    const left = await run('systemctl', [
      '--user',
      'list-units',
      '--all',
      `ncp-scheduler-${context.namespace}-*`,
      '--no-legend',
    ]);
    expect(left.stdout.trim()).toBe('');
    for (const { timingId } of groups) {
      const { timer, service } = unitPaths(timingId, context);
      expect([existsSync(timer), existsSync(service)]).toEqual([false, false]);
    }
    expect((await scheduler.remove(['random-0'], context))[0]?.change).toBe('removed');
  });

  it('runs the command with exactly the given arguments and environment', async (test) => {
    await needManager(test);
    const hostile = join(folder, 'a $HOME %h "q" it\'s');
    mkdirSync(hostile);
    const script = join(hostile, 'show');
    const out = join(folder, 'out');
    writeFileSync(
      script,
      `#!/bin/sh\n{ printf '[%s]' "$@"; printf '{%s}' "$ODD"; } > '${out}.new'; mv '${out}.new' '${out}'\n`,
    );
    chmodSync(script, 0o755);
    const odd = 'a$HOME ${PATH} %h "x" \\ \'y\' \n two';
    context = {
      ...context,
      command: [script, '$HOME ${PATH} %h %%', 'it\'s "q" \\n'],
      env: { ...context.env, ODD: odd },
    };
    const group = {
      ...groupOf('0 0 1 1 *', 'UTC', 'hostile'),
      description: '100% "hostile" $HOME\n[Service]\nExecStart=/bin/false \\',
    };
    expect((await apply([group]))[0]).toMatchObject({ change: 'installed' });

    const { unit } = unitPaths('hostile', context);
    const started = await run('systemctl', ['--user', 'start', unit.replace('.timer', '.service')]);
    expect(started.stderr).toBe('');
    await expect.poll(() => existsSync(out), { timeout: 60_000 }).toBe(true);
    expect(readFileSync(out, 'utf8')).toBe(`[$HOME \${PATH} %h %%][it's "q" \\n][_timing-run][hostile]{${odd}}`);
  });

  it('does not start the program while a primary fires the group', async (test) => {
    await needManager(test);
    const out = join(folder, 'started');
    context = { ...context, command: ['/bin/sh', '-c', `echo started >> '${out}'`] };
    await apply([groupOf('0 0 1 1 *', 'UTC', 'fired')]);
    const service = unitPaths('fired', context).unit.replace('.timer', '.service');
    const start = async () => (await run('systemctl', ['--user', 'start', service])).stderr;
    const notes = join(process.env['XDG_RUNTIME_DIR'] ?? '', runtimeFolder(context.namespace));
    const fired = firedGroups({ kind: async () => 'systemd', folders: { systemd: notes }, pid: process.pid });
    await fired.open();
    try {
      // Until the condition has read it, the note must be of the present minute.
      fired.note('fired', Date.now() + 30_000);
      expect(await start()).toBe('');
      const shown = await run('systemctl', ['--user', 'show', '--property=Result,ExecMainStatus', service]);
      expect(shown.stdout).toContain('Result=exec-condition');
    } finally {
      fired.close();
    }
    expect(existsSync(out)).toBe(false);
    expect(await start()).toBe('');
    await expect.poll(() => existsSync(out), { timeout: 60_000 }).toBe(true);
  });

  it('detects and repairs changed units, and does not touch units of other programs', async (test) => {
    await needManager(test);
    const group = groupOf('0 9 * * 1-5', 'Europe/London', 'office');
    await apply([group]);
    const { timer, unit } = unitPaths('office', context);
    const state = async () => (await scheduler.list([group], context)).map((entry) => entry.state);

    await run('systemctl', ['--user', 'stop', unit]);
    expect(await state()).toEqual(['drifted']);
    expect((await apply([group]))[0]?.change).toBe('updated');
    expect(await state()).toEqual(['installed']);

    writeFileSync(timer, readFileSync(timer, 'utf8').replace('09:00:00', '10:00:00'));
    expect(await state()).toEqual(['drifted']);
    expect((await apply([group]))[0]?.change).toBe('updated');
    expect(await state()).toEqual(['installed']);
    expect(await scheduler.list([], context)).toMatchObject([
      { state: 'drifted', detail: 'No group uses this entry.' },
    ]);

    writeFileSync(timer, '[Timer]\nOnCalendar=daily\n');
    expect(await state()).toEqual(['foreign']);
    expect((await scheduler.apply([group], context))[0]?.error?.code).toBe('os/foreign-entry');
    expect((await scheduler.remove(['office'], context))[0]?.error?.code).toBe('os/foreign-entry');
    expect(readFileSync(timer, 'utf8')).toBe('[Timer]\nOnCalendar=daily\n');
    rmSync(timer);
  });

  it('installs a one-shot for its instant only', async (test) => {
    await needManager(test);
    const atMs = Math.ceil(Date.now() / 60_000) * 60_000 + 86_400_000;
    const spec = { kind: 'once', atMs, timezone: 'America/New_York' } as const;
    const group = { timingId: 'once', key: scheduleKey(spec), description: 'Once', schedule: spec };
    expect((await apply([group]))[0]).toMatchObject({ change: 'installed' });
    expect(await scheduler.readBack('once', context.fromMs, 50, context)).toEqual([atMs]);
  });
});
