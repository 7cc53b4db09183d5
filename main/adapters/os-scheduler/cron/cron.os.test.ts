import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { build } from 'vite';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { nextSlots } from '../../../domain/timing/slots.ts';
import type { TranslateContext } from '../../../ports/os-scheduler.ts';
import { createCommandRunner } from '../run-program.ts';
import type { CommandRunner } from '../run-program.ts';
import { contextOf, cronTexts, groupOf, zones } from '../testing/schedule-arbitraries.ts';
import { CRONTAB_WAIT_MS, holdCrontab } from '../testing/whole-crontab.ts';
import { ncpFixtureDir } from '../../../testing/migration-fixture.ts';
import { cronDaemonRuns } from './cron-daemon.ts';
import { CronScheduler } from './cron-scheduler.ts';
import { Crontab } from './crontab.ts';

const run = createCommandRunner();
const theirs = Buffer.from(
  '# my own line, n\u00e4mlich\n*/7 * * * * echo 50\\% > /dev/null\n\nA=b\n# \\r \b \xff\xfe\r\n',
  'latin1',
);
const below = Buffer.from('# below \x80\n0 4 * * * true\n', 'latin1');

let folder = '';
let context: TranslateContext;

/** These tests replace the whole crontab, so they only run for a user made for the test or one without a crontab. */
async function needCrontab(test: TestContext): Promise<void> {
  const present = await run('crontab', ['-l']);
  if (present.failure !== null) test.skip(`crontab does not start: ${present.failure}`);
  if (present.exitCode === 0 && process.env['NCP_TEST_USER'] !== 'throwaway')
    test.skip('you have a crontab of your own');
  expect(await run('crontab', ['-'], { input: theirs })).toMatchObject({ exitCode: 0, stderr: '' });
}

beforeAll(holdCrontab, CRONTAB_WAIT_MS);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-crontab-'));
  context = { ...contextOf('UTC', Date.now()), homeDir: folder };
});

afterEach(async (test) => {
  if (test.task.result?.state !== 'skip') await run('crontab', ['-r']);
  rmSync(folder, { recursive: true, force: true });
});

function schedulerWith(runner: CommandRunner): CronScheduler {
  const crontab = new Crontab({
    run: runner,
    backupDir: join(folder, 'backups'),
    lockPath: join(folder, 'lock'),
    now: Date.now,
  });
  return new CronScheduler({ crontab, daemonRuns: async () => cronDaemonRuns() });
}

async function crontabBytes(): Promise<Buffer> {
  // Debian's "crontab -l" does not show carriage returns unchanged.
  const { stdout } = await run('crontab', ['-e'], { encoding: 'latin1', env: { VISUAL: 'cat', EDITOR: 'cat' } });
  return Buffer.from(stdout, 'latin1');
}

async function append(text: Buffer): Promise<void> {
  await run('crontab', ['-'], { input: Buffer.concat([await crontabBytes(), text]) });
}

describe('with the real crontab', () => {
  it('installs 20 random groups between the person’s lines and keeps those byte for byte', async (test) => {
    await needCrontab(test);
    const scheduler = schedulerWith(run);
    const seed = Number(process.env['TEST_SEED'] ?? Date.now());
    const drawn = fc.sample(fc.tuple(cronTexts, zones, fc.string({ unit: 'binary' })), { seed, numRuns: 20 });
    const groups = drawn.map(([text, zone, description], index) => ({
      ...groupOf(text, zone, `random-${index}`),
      description,
    }));
    const told = `seed ${seed}`;
    const changes = await scheduler.apply(groups.slice(0, 10), context);
    await append(below);
    changes.push(...(await scheduler.apply(groups, context)).slice(10));
    expect(changes, told).toMatchObject(groups.map(({ timingId }) => ({ timingId, change: 'installed' })));
    for (const group of groups) {
      const slots = nextSlots(group.schedule, context.fromMs, 5);
      const fires = await scheduler.readBack(group.timingId, context.fromMs, 500, context);
      expect(fires, told).toEqual(expect.arrayContaining(slots.filter((slot) => slot <= (fires.at(-1) ?? 0))));
    }
    expect(
      (await scheduler.list(groups, context)).map(({ state }) => state),
      told,
    ).toEqual(groups.map(() => 'installed'));
    await scheduler.remove(
      groups.map(({ timingId }) => timingId),
      context,
    );
    expect(await crontabBytes(), told).toEqual(Buffer.concat([theirs, below]));
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(3);
  });

  it('replaces the entries of ncp and keeps the person’s lines byte for byte', async (test) => {
    await needCrontab(test);
    const ncp = readFileSync(join(ncpFixtureDir, 'crontab.txt'));
    const mine = ncp.subarray(0, ncp.indexOf('# === NCP'));
    await run('crontab', ['-'], { input: Buffer.concat([theirs, ncp, below]) });
    const scheduler = schedulerWith(run);
    const daily = groupOf('0 9 * * *', 'UTC', 'daily-9am');
    await scheduler.apply([daily], context);
    const legacy = (await scheduler.list([daily], context)).filter(({ state }) => state === 'legacy');
    const ids = legacy.map(({ timingId }) => timingId);
    expect(ids).toEqual(['job-001', 'daily-9am', '__ncp_automatic_cleanup__']);
    expect(await scheduler.removeLegacy(ids, context)).toMatchObject(ids.map(() => ({ change: 'removed' })));
    expect(await scheduler.list([daily], context)).toMatchObject([{ timingId: 'daily-9am', state: 'installed' }]);
    await scheduler.remove(['daily-9am'], context);
    expect(await crontabBytes()).toEqual(Buffer.concat([theirs, mine, below]));
  });

  it('is fired by the real cron daemon with exactly the given arguments and environment', async (test) => {
    await needCrontab(test);
    if (cronDaemonRuns() !== true) test.skip('no cron daemon runs');
    const hostile = join(folder, 'a $HOME 100% "q" it\'s');
    mkdirSync(hostile);
    chmodSync(folder, 0o755);
    const script = join(hostile, 'show');
    const show = `printf '[%s]' "$@"; env | sort | grep -v -e ^PWD -e ^_= -e ^SHLVL`;
    writeFileSync(script, `#!/bin/sh\n{ ${show}; } > "$0.$2.new"; mv "$0.$2.new" "$0.$2"\n`);
    chmodSync(script, 0o755);
    const env = { PATH: '/usr/bin:/bin', ODD: '$HOME `id` %d %% \' " x' };
    const direct = { ...context, command: [script, '%d', '$HOME'], env };
    const long = {
      ...context,
      namespace: 'long',
      command: [script, '\\%d\\', 'two'],
      env: { ...env, LONG: 'x'.repeat(2000) },
    };
    const scheduler = schedulerWith(run);
    await run('crontab', ['-'], { input: 'SHELL=/bin/bash\nODD=theirs\n' });
    expect((await scheduler.apply([groupOf('* * * * *', 'UTC', 'direct')], direct))[0]?.change).toBe('installed');
    expect((await scheduler.apply([groupOf('* * * * *', 'Asia/Kathmandu', 'launched')], long))[0]?.change).toBe(
      'installed',
    );
    await expect
      .poll(() => readdirSync(hostile).sort(), { timeout: 200_000, interval: 500 })
      .toEqual(['show', 'show.$HOME', 'show.two']);
    expect(readFileSync(`${script}.$HOME`, 'utf8')).toBe(
      `[%d][$HOME][_timing-run][direct]ODD=${env.ODD}\nPATH=/usr/bin:/bin\n`,
    );
    expect(readFileSync(`${script}.two`, 'utf8')).toBe(
      `[\\%d\\][two][_timing-run][launched]LONG=${'x'.repeat(2000)}\nODD=${env.ODD}\nPATH=/usr/bin:/bin\n`,
    );
  });

  it('loses nothing when many processes write at once', async (test) => {
    await needCrontab(test);
    const root = resolve(import.meta.dirname, '../../../..');
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: true,
        outDir: join(folder, 'built'),
        minify: false,
        rolldownOptions: {
          input: { writer: join(import.meta.dirname, '../testing/crontab-writer.ts') },
          output: { format: 'es', entryFileNames: '[name].mjs' },
        },
      },
    });
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(
      names.map((name) => promisify(execFile)(process.execPath, [join(folder, 'built/writer.mjs'), folder, name, '3'])),
    );
    const ids = (await schedulerWith(run).list([], context)).map(({ timingId }) => timingId);
    expect(ids.sort()).toEqual(names.flatMap((name) => [0, 1, 2].map((round) => `${name}-kept-${round}`)));
    await schedulerWith(run).remove(ids, context);
    expect(await crontabBytes()).toEqual(theirs);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('keeps the person’s lines when the disk is full', async (test) => {
    await needCrontab(test);
    // A limit on the size of files stops a write halfway, like a full disk.
    const full: CommandRunner = (file, args, options) =>
      args[0] === '-'
        ? run('bash', ['-c', 'trap "" XFSZ; ulimit -f 0; exec crontab -'], options)
        : run(file, args, options);
    const [change] = await schedulerWith(full).apply([groupOf('0 9 * * *', 'UTC', 'daily')], context);
    expect(change?.error?.code).toBe('os/crontab-write-failed');
    expect(await crontabBytes()).toEqual(theirs);
  });

  it('writes nothing if the person is not allowed to use crontab', async (test) => {
    await needCrontab(test);
    const denied: CommandRunner = (file, args, options) =>
      run(file, args[0] === '-l' ? ['-l', '-u', 'root'] : args, options);
    if (process.getuid?.() === 0) test.skip('root may read every crontab');
    const [change] = await schedulerWith(denied).apply([groupOf('0 9 * * *', 'UTC', 'daily')], context);
    expect(change?.error?.code).toBe('os/crontab-unreadable');
    expect(await crontabBytes()).toEqual(theirs);
  });
});
