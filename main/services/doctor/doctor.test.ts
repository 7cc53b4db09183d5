import { beforeEach, describe, expect, it } from 'vitest';
import type { EnvironmentReport } from '../../contract/test-run.ts';
import type { DoctorCheck } from '../../contract/cli.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { OsScheduler } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryOsScheduler } from '../../testing/memory-os-scheduler.ts';
import type { MemoryOsScheduler } from '../../testing/memory-os-scheduler.ts';
import { memoryService } from '../../testing/memory-service.ts';
import { memorySettings } from '../../testing/memory-settings.ts';
import { memoryStore } from '../../testing/memory-store.ts';
import type { MemoryStore } from '../../testing/memory-store.ts';
import { addTask, aTask, aTiming } from '../../testing/schedule-samples.ts';
import { Doctor } from './doctor.ts';
import type { DoctorNeeds } from './doctor.ts';
import { ScheduleSync } from '../os-entries/schedule-sync.ts';

const context = {
  command: ['/opt/ncp-scheduler'],
  env: {},
  machineTimezone: 'UTC',
  homeDir: '/home/kim',
  namespace: '',
};
const clock = fakeClock('2026-11-23T12:00:00.000Z');
const day = 86_400_000;
const firstSlot = Date.parse('2026-11-24T09:00:00Z');

let os: MemoryOsScheduler;
let store: MemoryStore;

interface Machine {
  readonly scheduler?: OsScheduler;
  readonly command?: readonly string[];
  readonly needs?: Partial<DoctorNeeds>;
}

const nothing = { of: () => new Map<string, never[]>() };

/** Returns the doctor of a test machine, with the given differences. */
function doctorOf({ scheduler = os, command = context.command, needs = {} }: Machine = {}): Doctor {
  const choose = (): Promise<OsScheduler> => Promise.resolve(scheduler);
  const own = { store: needs.store ?? store, clock, choose, context: () => ({ ...context, command }) };
  const kinds = {
    systemd: os,
    cron: memoryOsScheduler('cron'),
    launchd: memoryOsScheduler('launchd'),
    windows: memoryOsScheduler('windows'),
    'in-process': memoryOsScheduler('in-process'),
  };
  const sync = new ScheduleSync({ ...own, schedulers: (kind) => Promise.resolve(kinds[kind]) });
  const report: EnvironmentReport = { source: 'cache', capturedAt: null, count: 1, differences: [], problem: null };
  return new Doctor({
    ...{ ...own, sync, settings: memorySettings(), ledger: memoryLedger(), attention: nothing, fleet: noFleet },
    calendarDays: { all: () => ({}), known: () => null, tryOut: () => Promise.resolve() },
    programs: { used: () => null },
    findProgram: () => Promise.resolve(null),
    keptServers: () => Promise.resolve([]),
    service: () => Promise.resolve(memoryService()),
    containment: () => Promise.resolve('search'),
    traces: { problem: () => null },
    installation: () => Promise.resolve({ kind: 'npm', path: '/opt/ncp', launcherProblem: () => null }),
    compareEnvironment: () => Promise.resolve(report),
    variables: () => Promise.resolve({ PATH: '/bin' }),
    ...needs,
  });
}

const none = () => Promise.reject(new Error('in no fleet'));
const noFleet = { inFleet: () => false, state: none, members: none, clockOffsetMs: none };

/** Returns the check with this id, or undefined. */
const at = (checks: readonly DoctorCheck[], id: string): DoctorCheck | undefined =>
  checks.find((check) => check.id === id);
const entryId = 'os/entry:daily-9am';

beforeEach(async () => {
  os = memoryOsScheduler('systemd');
  store = memoryStore();
  store.update((file) => {
    addTask(file, { id: 't1' });
  });
  const sync = new ScheduleSync({
    ...{ store, clock, context: () => context },
    schedulers: () => Promise.reject(new Error('not asked')),
    choose: () => Promise.resolve(os),
  });
  await sync.ensure(['daily-9am']);
});

describe('on a machine without problems', () => {
  it('every check is ok, and nothing is fixed', async () => {
    const checks = await doctorOf().diagnose();
    expect(checks.map(({ id, status }) => [id, status])).toEqual([
      ['store/schedule', 'ok'],
      ['store/settings', 'ok'],
      ['store/ledger', 'ok'],
      ['os/scheduler', 'ok'],
      ['runs/containment', 'ok'],
      [entryId, 'ok'],
      ['environment/login-shell', 'ok'],
    ]);
    expect(at(checks, 'store/schedule')?.message).toBe('1 task in 1 group, in /memory/schedule.json.');
    expect(await doctorOf().fix()).toEqual(checks);
  });

  it('a group whose tasks are all paused needs no entry', async () => {
    store.update((file) => {
      file.tasks['t1'] = aTask({ status: 'paused' });
    });
    os.installed.clear();
    expect(at(await doctorOf().diagnose(), entryId)).toBeUndefined();
  });
});

it('says how surely a run leaves no process behind', async () => {
  const told = async (machine: Machine) => at(await doctorOf(machine).diagnose(), 'runs/containment');
  const needs = { containment: () => Promise.resolve('group' as const) };
  expect((await told({ needs }))?.message).toMatch(/^Each run has/);
  expect((await told({}))?.message).toContain('timer or the service of systemd');
  expect((await told({ scheduler: memoryOsScheduler('cron') }))?.message).not.toContain('systemd');
});

describe('an entry', () => {
  it('that is missing is a problem, and is installed by fix', async () => {
    os.installed.clear();
    expect(at(await doctorOf().diagnose(), entryId)).toMatchObject({
      status: 'problem',
      fixable: true,
      message: expect.stringContaining('missing') as string,
    });
    expect(at(await doctorOf().fix(), entryId)).toMatchObject({ status: 'ok', fixed: true });
    expect([...os.installed.keys()]).toEqual(['daily-9am']);
  });

  it('that calls a moved executable is reported with the difference, and rewritten by fix', async () => {
    const doctor = doctorOf({ command: ['/opt/new/ncp-scheduler'] });
    expect(at(await doctor.diagnose(), entryId)).toMatchObject({
      status: 'problem',
      fixable: true,
      message: 'It differs from the expected entry.',
    });
    expect(at(await doctor.fix(), entryId)).toMatchObject({ status: 'ok', fixed: true });
    const checks = await doctor.diagnose();
    expect(at(checks, entryId)).toMatchObject({ status: 'ok' });
    expect(at(checks, entryId)?.fixed).toBeUndefined();
  });

  it('that no group needs any more is stale, and removed by fix', async () => {
    store.update((file) => {
      file.tasks = {};
      file.timings = {};
    });
    const stale = { id: 'os/stale:daily-9am', fixable: true };
    expect(at(await doctorOf().diagnose(), stale.id)).toMatchObject({ ...stale, status: 'warning' });
    expect(at(await doctorOf().fix(), stale.id)).toMatchObject({ ...stale, status: 'ok', fixed: true });
    expect(os.installed.size).toBe(0);
  });

  it('that misses slots is reported with the first missed slot, and fixed', async () => {
    os.lose('daily-9am', [firstSlot + day, firstSlot + 3 * day]);
    expect(at(await doctorOf().diagnose(), entryId)).toMatchObject({
      status: 'problem',
      message: 'The entry will not fire at 2 of the next slots, the first at 2026-11-25T09:00:00.000Z.',
    });
    expect(at(await doctorOf().fix(), entryId)).toMatchObject({ status: 'ok', fixed: true });
  });

  it('that fires more often than the group is ok', async () => {
    const everyMinute = {
      ...os,
      readBack: (_: string, fromMs: number, count: number) =>
        Promise.resolve(Array.from({ length: count }, (__, index) => fromMs + (index + 1) * 60_000)),
    };
    store.update((file) => {
      file.timings['daily-9am'] = aTiming({ cronExpression: '0 */6 * * *' });
      file.tasks['t1'] = aTask({ cronExpression: '0 */6 * * *' });
    });
    await doctorOf().fix();
    expect(at(await doctorOf({ scheduler: everyMinute }).diagnose(), entryId)).toMatchObject({ status: 'ok' });
  });

  it('is not compared years ahead, where entries no longer list single dates', async () => {
    store.update((file) => {
      file.timings['daily-9am'] = aTiming({ cronExpression: '30 2 8-14 3 *' });
      file.tasks['t1'] = aTask({ cronExpression: '30 2 8-14 3 *' });
    });
    await doctorOf().fix();
    os.lose('daily-9am', [Date.parse('2030-03-10T02:30:00Z')]);
    expect(at(await doctorOf().diagnose(), entryId)).toMatchObject({ status: 'ok' });
    os.lose('daily-9am', [Date.parse('2028-03-12T02:30:00Z')]);
    expect(at(await doctorOf().diagnose(), entryId)).toMatchObject({ status: 'problem' });
  });

  it('that the OS refuses stays a problem after fix', async () => {
    os.installed.clear();
    os.refuse('the disk is full');
    const check = at(await doctorOf().fix(), entryId);
    expect(check).toMatchObject({ status: 'problem', fixable: true });
    expect(check?.fixed).toBeUndefined();
  });
});

describe('an entry that is not ours', () => {
  it('is reported and never touched, even by fix', async () => {
    os.others.push(
      { timingId: 'job-001', kind: 'systemd', state: 'legacy', key: null, path: '/old/job-001.timer' },
      { timingId: 'noon', kind: 'systemd', state: 'foreign', key: null, path: '/their/noon.timer', detail: 'no mark' },
    );
    const before = structuredClone(os.others);
    os.installed.clear();
    const checks = await doctorOf().fix();
    expect(at(checks, 'os/legacy:job-001')).toMatchObject({
      status: 'warning',
      fixable: false,
      message:
        'This entry of ncp\'s old scheduler (/old/job-001.timer) is still installed and still fires. Run "ncp-scheduler migrate --replace-os-entries" to replace it.',
    });
    expect(at(checks, 'os/foreign:noon')).toMatchObject({
      status: 'warning',
      fixable: false,
      message: '/their/noon.timer looks like an entry of NCP Scheduler, but is not one: no mark. It is left unchanged.',
    });
    expect(at(checks, entryId)).toMatchObject({ status: 'ok', fixed: true });
    expect(os.others).toEqual(before);
  });

  it('alone does not make fix write anything', async () => {
    os.others.push({ timingId: 'job-001', kind: 'systemd', state: 'legacy', key: null, path: '/old/job-001.timer' });
    os.refuse('nothing may be written now');
    expect((await doctorOf().fix()).every(({ fixed }) => fixed === undefined)).toBe(true);
  });
});

describe('the OS scheduler', () => {
  it('is reported with its limitations', async () => {
    os.limit({ notes: ['Lingering is off: nothing runs while you are logged out.'] });
    expect(at(await doctorOf().diagnose(), 'os/scheduler')).toMatchObject({
      status: 'warning',
      message: 'Lingering is off: nothing runs while you are logged out.',
    });
  });

  it('that is not used is a warning, and has no entries to check', async () => {
    const checks = await doctorOf({ scheduler: memoryOsScheduler('in-process') }).diagnose();
    expect(at(checks, 'os/scheduler')).toMatchObject({ status: 'warning', fixable: false });
    expect(at(checks, entryId)).toBeUndefined();
  });
});

describe('a check that cannot run', () => {
  const unreadable = 'schedule.json: line 3, column 5: a comma is missing.';

  it('does not hide the others: an unreadable schedule', async () => {
    const broken: Store = {
      ...memoryStore(),
      read: () => {
        throw new SchedulerError('store/unreadable', unreadable);
      },
    };
    const checks = await doctorOf({ needs: { store: broken } }).diagnose();
    const problem = { status: 'problem', message: unreadable, fixable: false };
    expect(at(checks, 'doctor/checkSchedule')).toMatchObject(problem);
    for (const id of ['store/settings', 'store/ledger', 'os/scheduler']) expect(at(checks, id)?.status).toBe('ok');
  });

  it('does not hide the others: an OS scheduler that cannot list its entries', async () => {
    const mute = { ...os, list: () => Promise.reject(new SchedulerError('os/crontab-unreadable', 'No permission.')) };
    const checks = await doctorOf({ scheduler: mute }).diagnose();
    expect(at(checks, 'doctor/checkEntries')).toMatchObject({ status: 'problem', message: 'No permission.' });
    expect(at(checks, 'store/schedule')?.status).toBe('ok');
  });

  it('does not hide the others: one entry of two that cannot be read back', async () => {
    store.update((file) => {
      file.tasks['t2'] = aTask({ id: 't2', timingId: 'daily-8am', cronExpression: '0 8 * * *' });
      file.timings['daily-8am'] = aTiming({ id: 'daily-8am', cronExpression: '0 8 * * *', taskIds: ['t2'] });
    });
    await doctorOf().fix();
    const halfMute: OsScheduler = {
      ...os,
      readBack: (timingId, ...rest) =>
        timingId === 'daily-8am' ? Promise.reject(new Error('No answer.')) : os.readBack(timingId, ...rest),
    };
    const checks = await doctorOf({ scheduler: halfMute }).diagnose();
    expect(at(checks, 'os/entry:daily-8am')).toMatchObject({
      status: 'problem',
      message: expect.stringContaining('No answer.') as string,
    });
    expect(at(checks, entryId)).toMatchObject({ status: 'ok' });
  });
});

describe('the storage', () => {
  it('that is read-only is a problem with its reason', async () => {
    store.setState({ state: 'read-only', message: 'schedule.json was written by a newer version.' });
    expect(at(await doctorOf().diagnose(), 'store/schedule')).toMatchObject({
      status: 'problem',
      message: 'schedule.json was written by a newer version.',
    });
  });

  it('whose ledger was damaged and replaced is reported with what was saved', async () => {
    const replacement = {
      at: '2026-11-20T08:00:00.000Z',
      movedTo: '/d/ledger.db.damaged',
      rowsSaved: 12,
      complete: false,
    };
    const ledger = Object.assign(memoryLedger(), { replacement: () => replacement });
    expect(at(await doctorOf({ needs: { ledger } }).diagnose(), 'store/ledger')).toMatchObject({
      status: 'warning',
      message:
        'The ledger was damaged and replaced (2026-11-20T08:00:00.000Z): 12 rows were saved. The damaged file is /d/ledger.db.damaged.',
    });
  });

  it.each([
    ['missing', 'The ledger was missing, and a new one was created'],
    ['older', 'The ledger was found to be older than what ran: an older copy was restored'],
  ] as const)('whose ledger was lost (%s) is reported with what that means', async (cause, sentence) => {
    const ledger = Object.assign(memoryLedger(), { loss: () => ({ at: '2026-11-20T08:00:00.000Z', cause }) });
    expect(at(await doctorOf({ needs: { ledger } }).diagnose(), 'store/ledger')).toMatchObject({
      status: 'warning',
      message: `${sentence} (2026-11-20T08:00:00.000Z). Slots before that time which it does not list may have run; they do not run again.`,
    });
  });
});
