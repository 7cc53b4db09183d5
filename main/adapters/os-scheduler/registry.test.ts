import { describe, expect, it } from 'vitest';
import { osSchedulerKindSchema, type OsSchedulerKind } from '../../contract/os-scheduler-kinds.ts';
import { memoryOsScheduler } from '../../testing/memory-os-scheduler.ts';
import { chooseOsScheduler, createOsSchedulers } from './registry.ts';
import type { OsSchedulers } from '../../ports/os-scheduler.ts';

/** Returns the schedulers of a machine on which only these work. */
function machineWith(...available: OsSchedulerKind[]): OsSchedulers {
  const of = (kind: OsSchedulerKind) => {
    const scheduler = memoryOsScheduler(kind);
    const works = kind === 'in-process' || available.includes(kind);
    if (!works) scheduler.limit({ available: false, notes: [`${kind} is not here.`] });
    return scheduler;
  };
  return (kind) => Promise.resolve(of(kind));
}

describe('auto', () => {
  it.each([
    ['linux', ['systemd', 'cron'], 'systemd'],
    ['linux', ['cron'], 'cron'],
    ['linux', [], 'in-process'],
    ['freebsd', ['cron'], 'cron'],
    ['darwin', ['launchd', 'cron'], 'launchd'],
    ['darwin', ['cron'], 'in-process'],
    ['win32', ['windows'], 'windows'],
    ['win32', [], 'in-process'],
  ] as const)('on %s with %j is %s', async (platform, available, expected) => {
    const chosen = await chooseOsScheduler('auto', machineWith(...available), platform);
    expect(chosen.kind).toBe(expected);
  });
});

describe('a kind by name', () => {
  it.each(['systemd', 'cron', 'in-process'] as const)('is used if it works: %s', async (kind) => {
    const chosen = await chooseOsScheduler(kind, machineWith('systemd', 'cron'), 'linux');
    expect(chosen.kind).toBe(kind);
  });

  it('is never replaced by another kind: the error gives the reason', async () => {
    await expect(chooseOsScheduler('cron', machineWith('systemd'), 'linux')).rejects.toMatchObject({
      code: 'os/unavailable',
      message:
        'The OS scheduler "cron" does not work here: cron is not here. Set osScheduler to "auto" or to another scheduler.',
      details: { kind: 'cron', notes: ['cron is not here.'] },
    });
  });
});

it('offers every kind of scheduler on every machine, even without their programs', async () => {
  const asked: string[] = [];
  const schedulers = createOsSchedulers({
    homeDir: '/home/kim',
    username: 'kim',
    uid: null,
    crontabBackupDir: '/home/kim/backups',
    run: (file) => {
      asked.push(file);
      return Promise.resolve({ exitCode: null, stdout: '', stderr: '', failure: `${file} could not be started` });
    },
  });
  for (const kind of osSchedulerKindSchema.options) {
    const scheduler = await schedulers(kind);
    expect(scheduler.kind).toBe(kind);
    expect(await schedulers(kind)).toBe(scheduler);
  }
  for (const kind of ['systemd', 'cron', 'windows'] as const) {
    const { available, notes } = await (await schedulers(kind)).capabilities();
    expect(available).toBe(false);
    expect(notes.join(' ')).not.toBe('');
  }
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect((await chooseOsScheduler('auto', schedulers, platform)).kind).toBe('in-process');
  }
  expect(new Set(asked)).toContain('crontab');
});
