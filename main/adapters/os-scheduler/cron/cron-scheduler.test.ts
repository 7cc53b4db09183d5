import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OsGroup, TranslateContext } from '../../../ports/os-scheduler.ts';
import { FakeCrontab } from '../testing/fake-crontab.ts';
import { cronSpec } from '../../../domain/timing/cron-spec.ts';
import { weekMs } from '../../../domain/timing/interval-spec.ts';
import { contextOf, groupOf, groupOfSpec } from '../testing/schedule-arbitraries.ts';
import { CronScheduler } from './cron-scheduler.ts';
import { launcherPath } from './cron-command.ts';
import { Crontab } from './crontab.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const daily = groupOf('0 9 * * *', 'UTC', 'daily-9am');
const often = groupOf('*/5 * * * *', 'UTC', 'every-5min');
/** What a line of `daily` asks first. */
const check = '/bin/sh /home/kim/.ncp/scheduler/fired/check daily-9am 2>/dev/null || ';
const theirs = '# my own line\n*/7 * * * * echo mine > /dev/null\nMAILTO=me@example.org\n';

let folder = '';
let context: TranslateContext;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-cron-'));
  context = { ...contextOf('UTC', NOW), homeDir: folder };
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function schedulerOn(fake: FakeCrontab, daemonRuns = true): CronScheduler {
  const crontab = new Crontab({
    run: fake.run,
    backupDir: join(folder, 'backups'),
    lockPath: join(folder, 'lock'),
    now: () => NOW,
  });
  return new CronScheduler({ crontab, daemonRuns: async () => daemonRuns });
}

const backups = (): string[] => (existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')) : []);

it('lists the dates of an awkward interval in short lines, which stay current for two weeks', async () => {
  const scheduler = schedulerOn(new FakeCrontab(null));
  const awkward = groupOfSpec(cronSpec('@every 65m', 'UTC'));
  await scheduler.apply([awkward], context);
  const { artifacts, notes } = scheduler.translate(awkward, context);
  const [, ...lines] = (artifacts[0]?.content ?? '').trim().split('\n');
  expect(lines.every((line) => line.includes(launcherPath(context)))).toBe(true);
  expect(notes[0]).toContain('until 2026-12-06 are listed as dates');
  const stateAfter = async (weeks: number): Promise<string | undefined> => {
    const [entry] = await scheduler.list([awkward], { ...context, fromMs: NOW + weeks * weekMs });
    return entry?.state;
  };
  expect([await stateAfter(0), await stateAfter(1), await stateAfter(2)]).toEqual([
    'installed',
    'installed',
    'drifted',
  ]);
});

describe('the block', () => {
  it('is added below the person’s lines and removed without a trace', async () => {
    const fake = new FakeCrontab(theirs);
    const scheduler = schedulerOn(fake);
    const changes = await scheduler.apply([daily, often], context);
    expect(changes.map(({ change }) => change)).toEqual(['installed', 'installed']);
    expect(fake.text).toBe(
      `${theirs}# >>> NCP SCHEDULER >>> written by the app; edit tasks there, not here
# ncp-scheduler v1 daily-9am: 0 9 * * * UTC | Group of 0 9 * * *
0 9 * * * /bin/sh /home/kim/.ncp/scheduler/fired/check daily-9am 2>/dev/null || /usr/bin/env -i HOME=/home/kim PATH=/usr/local/bin:/usr/bin:/bin '/opt/NCP Scheduler/ncp-scheduler' _timing-run daily-9am >/dev/null 2>&1
# ncp-scheduler v1 every-5min: */5 * * * * UTC | Group of */5 * * * *
0,5,10,15,20,25,30,35,40,45,50,55 * * * * /bin/sh /home/kim/.ncp/scheduler/fired/check every-5min 2>/dev/null || /usr/bin/env -i HOME=/home/kim PATH=/usr/local/bin:/usr/bin:/bin '/opt/NCP Scheduler/ncp-scheduler' _timing-run every-5min >/dev/null 2>&1
# <<< NCP SCHEDULER <<<
`,
    );
    expect((await scheduler.list([daily, often], context)).map(({ state }) => state)).toEqual([
      'installed',
      'installed',
    ]);
    expect(
      (await scheduler.remove(['daily-9am', 'every-5min', 'never-was'], context)).map(({ change }) => change),
    ).toEqual(['removed', 'removed', 'removed']);
    expect(fake.text).toBe(theirs);
  });

  it('leaves no empty crontab if there was none', async () => {
    const fake = new FakeCrontab(null);
    const scheduler = schedulerOn(fake);
    await scheduler.apply([daily], context);
    await scheduler.remove(['daily-9am'], context);
    expect(fake.text).toBeNull();
    expect(backups()).toHaveLength(1);
  });

  it('is not written again when nothing changed', async () => {
    const fake = new FakeCrontab(theirs);
    const scheduler = schedulerOn(fake);
    await scheduler.apply([daily], context);
    expect((await scheduler.apply([daily], context))[0]?.change).toBe('unchanged');
    expect(fake.written).toHaveLength(1);
  });

  it('keeps its entries apart by namespace', async () => {
    const fake = new FakeCrontab(null);
    const scheduler = schedulerOn(fake);
    const other = { ...context, namespace: 'x1' };
    await scheduler.apply([daily], context);
    await scheduler.apply([often], other);
    expect((await scheduler.list([daily], context)).map(({ timingId }) => timingId)).toEqual(['daily-9am']);
    await scheduler.remove(['daily-9am'], context);
    expect((await scheduler.list([often], other)).map(({ state }) => state)).toEqual(['installed']);
  });

  it('keeps lines that somebody wrote inside it', async () => {
    const fake = new FakeCrontab(theirs);
    const scheduler = schedulerOn(fake);
    await scheduler.apply([daily, often], context);
    const mine = '15 3 * * * /home/kim/backup.sh # _timing-run daily-9am\n';
    fake.text = (fake.text ?? '').replace('# ncp-scheduler v1 every', `${mine}# ncp-scheduler v1 every`);
    await scheduler.apply([{ ...daily, description: 'Other words' }], context);
    expect(fake.text).toContain(mine);
    await scheduler.remove(['daily-9am', 'every-5min'], context);
    expect(fake.text).toBe(theirs + mine);
  });

  it.each([
    ['without its end', (text: string) => text.replace(/# <<<.*\n/, '')],
    ['without its start', (text: string) => text.replace(/# >>>.*\n/, '')],
    ['copied', (text: string) => text + text],
    ['turned around', (text: string) => text.split('\n').reverse().join('\n')],
  ])('%s stops every write', async (_how, damage) => {
    const fake = new FakeCrontab(theirs);
    const scheduler = schedulerOn(fake);
    await scheduler.apply([daily], context);
    fake.text = damage(fake.text ?? '');
    const damaged = fake.text;
    expect((await scheduler.apply([often], context))[0]?.error?.code).toBe('os/crontab-damaged');
    expect((await scheduler.remove(['daily-9am'], context))[0]?.error?.code).toBe('os/crontab-damaged');
    expect(fake.text).toBe(damaged);
  });

  it('never changes the person’s bytes, whatever they are (property test)', async () => {
    const byte = fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code));
    const line = fc.oneof(
      fc.array(byte, { maxLength: 30 }).map((chars) => chars.join('').replaceAll('\n', '')),
      fc.constantFrom('', '# comment', 'A=%\\', '* * * * * x\r', '# NCP_JOB: daily', '# ncp-scheduler v1 daily-9am: x'),
    );
    const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.map((each) => `${each}\n`).join(''));
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const fake = new FakeCrontab(before);
        const scheduler = schedulerOn(fake);
        await scheduler.apply([daily], context);
        fake.text += after;
        await scheduler.apply([often, { ...daily, description: 'näw ünd 100 %' }], context);
        expect(fake.text?.startsWith(before)).toBe(true);
        expect(fake.text?.endsWith(after)).toBe(true);
        await scheduler.remove(['daily-9am', 'every-5min'], context);
        expect(fake.text ?? '').toBe(before + after);
      }),
      { numRuns: 40 },
    );
  });
});

describe('nothing is lost', () => {
  it.each([
    'must be privileged to use -u',
    'crontab: cannot open /var/spool/cron/kim: Permission denied',
    'You (kim) are not allowed to use this program (crontab)',
    '',
  ])('when the crontab cannot be read: "%s"', async (said) => {
    const fake = new FakeCrontab(theirs);
    fake.unreadable = said;
    const scheduler = schedulerOn(fake);
    expect((await scheduler.apply([daily], context))[0]?.error?.code).toBe('os/crontab-unreadable');
    expect((await scheduler.remove(['daily-9am'], context))[0]?.error?.code).toBe('os/crontab-unreadable');
    expect(fake.written).toEqual([]);
    expect((await scheduler.capabilities()).available).toBe(false);
  });

  it('when crontab is not installed', async () => {
    const crontab = new Crontab({
      run: async () => ({ exitCode: null, stdout: '', stderr: '', failure: 'spawn crontab ENOENT' }),
      backupDir: join(folder, 'backups'),
      lockPath: join(folder, 'lock'),
      now: () => NOW,
    });
    const scheduler = new CronScheduler({ crontab, daemonRuns: async () => true });
    expect((await scheduler.apply([daily], context))[0]?.error?.message).toContain('ENOENT');
  });

  it.each([0, 10, 80, 150])('when the disk is full after %i bytes', async (diskLeft) => {
    const fake = new FakeCrontab(theirs);
    fake.diskLeft = Math.max(diskLeft, theirs.length);
    const scheduler = schedulerOn(fake);
    const [change] = await scheduler.apply([daily], context);
    expect(change?.error?.code).toBe('os/crontab-write-failed');
    expect(change?.error?.message).toContain('No space left');
    expect(fake.text).toBe(theirs);
    expect(readFileSync(join(folder, 'backups', backups()[0] ?? ''), 'latin1')).toBe(theirs);
  });

  it('when the backup cannot be written', async () => {
    const fake = new FakeCrontab(theirs);
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
    expect((await schedulerOn(fake).apply([daily], context))[0]?.error?.code).toBe('os/crontab-backup-failed');
    expect(fake.written).toEqual([]);
  });

  it('when somebody edits it at the same time', async () => {
    const fake = new FakeCrontab(theirs);
    let reads = 0;
    fake.afterRead = () => {
      reads += 1;
      if (reads === 1) fake.text = `${theirs}5 5 * * * new line\n`;
    };
    expect((await schedulerOn(fake).apply([daily], context))[0]?.error?.code).toBe('os/crontab-busy');
    expect(fake.text).toBe(`${theirs}5 5 * * * new line\n`);
  });

  it('when many processes write at once', async () => {
    const fake = new FakeCrontab(theirs);
    const groups = Array.from({ length: 12 }, (_, index) => groupOf(`${index} 9 * * *`, 'UTC', `group-${index}`));
    const changes = await Promise.all(groups.map((group) => schedulerOn(fake).apply([group], context)));
    expect(changes.flat().map(({ change }) => change)).toEqual(groups.map(() => 'installed'));
    const entries = await schedulerOn(fake).list(groups, context);
    expect(entries.map(({ state }) => state)).toEqual(groups.map(() => 'installed'));
    expect(fake.text?.startsWith(theirs)).toBe(true);
  });

  it('when a process died while it held the lock', async () => {
    const fake = new FakeCrontab(theirs);
    writeFileSync(join(folder, 'lock'), '999999999 dead');
    expect((await schedulerOn(fake).apply([daily], context))[0]?.change).toBe('installed');
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});

describe('the lines', () => {
  const commandOf = (fake: FakeCrontab): string =>
    fake.text?.split('\n').find((line) => line.includes('_timing-run')) ?? '';

  it('escape percent signs and quotes', async () => {
    const fake = new FakeCrontab(null);
    const hostile = { ...context, command: ['/opt/100% it\'s "x"'], env: { ODD: '$HOME `id` %d' } };
    const group = { ...daily, description: 'a\n* * * * * rm -rf / %' };
    expect((await schedulerOn(fake).apply([group], hostile))[0]?.change).toBe('installed');
    expect(commandOf(fake)).toBe(
      `0 9 * * * ${check}/usr/bin/env -i 'ODD=$HOME \`id\` \\%d' '/opt/100\\% it'"'"'s "x"' _timing-run daily-9am >/dev/null 2>&1`,
    );
    expect(fake.text?.split('\n')).toHaveLength(5);
  });

  it('call a file if the command is too long or a line cannot hold it', async () => {
    for (const value of ['x'.repeat(1000), 'two\nlines', 'back\\slash']) {
      const fake = new FakeCrontab(null);
      const scheduler = schedulerOn(fake);
      const long = { ...context, env: { PATH: value } };
      expect((await scheduler.apply([daily], long))[0]?.change).toBe('installed');
      expect(commandOf(fake)).toBe(
        `0 9 * * * ${check}/bin/sh ${launcherPath(context)} _timing-run daily-9am >/dev/null 2>&1`,
      );
      expect(readFileSync(launcherPath(context), 'utf8')).toContain(value);
      expect(statSync(launcherPath(context)).mode & 0o777).toBe(0o700);
      writeFileSync(launcherPath(context), '#!/bin/sh\n');
      expect((await scheduler.list([daily], long))[0]?.state).toBe('drifted');
      await scheduler.remove(['daily-9am'], long);
      expect(existsSync(launcherPath(context))).toBe(false);
    }
  });

  it('that drifted are detected and repaired', async () => {
    const fake = new FakeCrontab(theirs);
    const scheduler = schedulerOn(fake);
    await scheduler.apply([daily], context);
    fake.text = (fake.text ?? '').replace('0 9 * * * /bin', '0 10 * * * /bin');
    expect((await scheduler.list([daily], context))[0]?.state).toBe('drifted');
    expect(await scheduler.readBack('daily-9am', NOW, 1, context)).toEqual([Date.parse('2026-11-24T10:00:00Z')]);
    expect((await scheduler.apply([daily], context))[0]?.change).toBe('updated');
    expect((await scheduler.list([daily], context))[0]?.state).toBe('installed');
  });

  it('refuse an unsafe name', async () => {
    const fake = new FakeCrontab(theirs);
    const group: OsGroup = { ...daily, timingId: 'a b\n* * * * * evil' };
    expect((await schedulerOn(fake).apply([group], context))[0]?.error?.code).toBe('os/unsafe-name');
    expect(fake.text).toBe(theirs);
  });
});

it('lists the entries of the earlier product without touching them', async () => {
  const legacy = `${theirs}
# === NCP SCHEDULED JOBS - DO NOT EDIT MANUALLY ===
# NCP_JOB: job-001
0 9 * * * ncp _job-run job-001
# NCP_JOB: __ncp_automatic_cleanup__
0 0 * * * ncp cleanup-runs --max-age 14 --max-count 100
# === END NCP SCHEDULED JOBS ===
`;
  const fake = new FakeCrontab(legacy);
  const scheduler = schedulerOn(fake);
  expect(await scheduler.list([], context)).toMatchObject([
    { timingId: 'job-001', state: 'legacy', detail: '0 9 * * * ncp _job-run job-001' },
    { timingId: '__ncp_automatic_cleanup__', state: 'legacy' },
  ]);
  await scheduler.apply([daily], context);
  await scheduler.remove(['daily-9am', 'job-001'], context);
  expect(fake.text).toBe(legacy);
});

it('is not available without its daemon', async () => {
  const capabilities = await schedulerOn(new FakeCrontab(null), false).capabilities();
  expect(capabilities).toMatchObject({ available: false, notes: ['The cron daemon is not running.'] });
});
