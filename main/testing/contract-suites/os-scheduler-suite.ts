import { beforeEach, expect, it } from 'vitest';
import { parseCron } from '../../domain/cron/parse-cron.ts';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import type { OsGroup, OsScheduler, TranslateContext } from '../../ports/os-scheduler.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const cron = (text: string): ScheduleSpec => ({ kind: 'cron', cron: parseCron(text), timezone: 'UTC' });
const group = (timingId: string, schedule: ScheduleSpec): OsGroup => {
  return { timingId, key: scheduleKey(schedule), description: `Group ${timingId}`, schedule };
};
const daily = group('daily-9am', cron('0 9 * * *'));
const startup = group('at-startup', { kind: 'event', events: ['startup'], timezone: 'UTC' });
const often = group('every-5min', cron('*/5 * * * *'));

/** A schedule of each kind that one cron line cannot say. */
export const kindsOfSchedules: readonly string[] = [
  '30 6 * * *; 0 15 * * *; 45 20 * * *',
  '0 9 * * 5 every 2 weeks from 2026-12-04',
  '0 9 * * * every 3 days from 2026-12-01',
  '0 9 LW * *',
  '0 9 13 * +5',
  '@every 90m',
  '@every 65m',
];

/** Returns how an entry of a schedule is installed, listed and left alone, and its slots that its fires lack. */
export async function installedKind(scheduler: OsScheduler, text: string, context: TranslateContext) {
  const kind = group('a-kind', cronSpec(text, 'UTC'));
  const changes = [];
  for (let time = 0; time < 2; time += 1) changes.push(...(await scheduler.apply([kind], context)));
  const entry = (await scheduler.list([kind], context)).find(({ timingId }) => timingId === 'a-kind');
  const fires = new Set(await scheduler.readBack('a-kind', context.fromMs, 1000, context));
  const lost = nextSlots(kind.schedule, context.fromMs, 5).filter((slot) => !fires.has(slot));
  return { changes: changes.map(({ change }) => change), state: entry?.state, lost };
}

/** What `installedKind` returns where all is well. */
export const wellInstalled = { changes: ['installed', 'unchanged'], state: 'installed', lost: [] };

export interface OpenedOsScheduler {
  readonly scheduler: OsScheduler;
  /** For adapters that write files: a folder for this test. @default '/home/kim' */
  readonly homeDir?: string;
  /** Returns the content of other programs in the same place; compared before and after. */
  readonly others: () => unknown;
}

/** Checks what every `OsScheduler` must do. `open` returns one without installed entries of this app. */
export function osSchedulerContract(open: () => OpenedOsScheduler): void {
  let scheduler: OsScheduler;
  let context: TranslateContext;
  let others: () => unknown;
  beforeEach(() => {
    const opened = open();
    ({ scheduler, others } = opened);
    context = {
      command: ['/opt/ncp-scheduler'],
      env: { PATH: '/usr/bin:/bin' },
      machineTimezone: 'UTC',
      fromMs: NOW,
      homeDir: opened.homeDir ?? '/home/kim',
      namespace: '',
    };
  });
  const changesOf = async (...groups: OsGroup[]) =>
    (await scheduler.apply(groups, context)).map(({ timingId, change }) => [timingId, change]);
  /** Returns the states of this app's entries; other entries may be listed too. */
  const statesOf = async (...groups: OsGroup[]) =>
    (await scheduler.list(groups, context))
      .filter(({ state }) => state !== 'foreign' && state !== 'legacy')
      .map(({ timingId, state, key }) => [timingId, state, key]);

  it('reports what it can do', async () => {
    const capabilities = await scheduler.capabilities();
    expect(capabilities.available).toBe(true);
    for (const note of capabilities.notes) expect(note).toMatch(/\.$/);
  });

  it('translates without installing, and the same each time', async () => {
    const translation = scheduler.translate(daily, context);
    expect(scheduler.translate(daily, context)).toEqual(translation);
    expect(await scheduler.readBack('daily-9am', NOW, 1, context)).toEqual([]);
  });

  it('installs each group once, and does not touch correct entries', async () => {
    expect(await changesOf(daily, often)).toEqual([
      ['daily-9am', 'installed'],
      ['every-5min', 'installed'],
    ]);
    const installed = [
      ['daily-9am', 'installed', daily.key],
      ['every-5min', 'installed', often.key],
    ];
    expect(await statesOf(daily, often)).toEqual(installed);
    expect(await changesOf(daily, often)).toEqual([
      ['daily-9am', 'unchanged'],
      ['every-5min', 'unchanged'],
    ]);
    expect(await statesOf(daily, often)).toEqual(installed);
  });

  it('updates a group whose schedule changed', async () => {
    await scheduler.apply([daily, often], context);
    const later = group('daily-9am', cron('0 10 * * *'));
    expect(await changesOf(later)).toEqual([['daily-9am', 'updated']]);
    expect(await scheduler.readBack('daily-9am', NOW, 1, context)).toEqual([Date.parse('2026-11-24T10:00:00Z')]);
    expect(await scheduler.readBack('every-5min', NOW, 1, context)).toEqual([NOW + 5 * 60_000]);
  });

  it('reads back the requested number of fires after an instant', async () => {
    await scheduler.apply([daily], context);
    const day = 86_400_000;
    const first = Date.parse('2026-11-24T09:00:00Z');
    expect(await scheduler.readBack('daily-9am', NOW, 3, context)).toEqual([first, first + day, first + 2 * day]);
    expect(await scheduler.readBack('daily-9am', first, 1, context)).toEqual([first + day]);
  });

  it('reads back no fires of a missing entry', async () => {
    expect(await scheduler.readBack('never-was', NOW, 5, context)).toEqual([]);
  });

  it('installs a group that an event starts, which has no fires to read back', async () => {
    expect(await changesOf(startup, daily)).toEqual([
      ['at-startup', 'installed'],
      ['daily-9am', 'installed'],
    ]);
    expect(await changesOf(startup)).toEqual([['at-startup', 'unchanged']]);
    expect(await statesOf(startup, daily)).toContainEqual(['at-startup', 'installed', 'at startup']);
    expect(await scheduler.readBack('at-startup', NOW, 5, context)).toEqual([]);
    expect(await scheduler.remove(['at-startup'], context)).toMatchObject([{ change: 'removed' }]);
    expect(await statesOf(daily)).toHaveLength(1);
  });

  it.each(kindsOfSchedules)('installs "%s", knows its entry again, and reads back each of its slots', async (text) => {
    expect(await installedKind(scheduler, text, context)).toEqual(wellInstalled);
  });

  it('removes only the requested entries, and a missing one counts as removed', async () => {
    await scheduler.apply([daily, often], context);
    for (const timingIds of [['daily-9am', 'never-was'], ['daily-9am']]) {
      const changes = await scheduler.remove(timingIds, context);
      expect(changes.map(({ timingId, change }) => [timingId, change])).toEqual(timingIds.map((id) => [id, 'removed']));
    }
    expect(await scheduler.readBack('daily-9am', NOW, 1, context)).toEqual([]);
    expect(await statesOf(often)).toEqual([['every-5min', 'installed', often.key]]);
    expect(await changesOf(daily)).toEqual([['daily-9am', 'installed']]);
  });

  it('does not touch other programs’ content', async () => {
    const before = others();
    await scheduler.apply([daily, often], context);
    await scheduler.list([daily], context);
    await scheduler.remove(['daily-9am', 'every-5min'], context);
    expect(others()).toEqual(before);
  });
}
