import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrationFixture, migrationTime, ncpFixtureDir } from '../../testing/migration-fixture.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { ncpTimingId } from './ncp-timing-id.ts';

type Records = Record<string, Record<string, unknown>>;

/** Returns a task as ncp 2 writes it. */
function ncpTask(id: string, timingId: string, change: Record<string, unknown> = {}) {
  return {
    id,
    name: `Task ${id}`,
    timingId,
    tool: 'shell:run',
    parameters: { command: 'true' },
    fireOnce: false,
    createdAt: '2025-11-01T00:00:00.000Z',
    status: 'active',
    executionCount: 0,
    ...change,
  };
}

function ncpTiming(id: string, cronExpression: string, taskIds: string[], change: Record<string, unknown> = {}) {
  return { id, name: id, cronExpression, taskIds, createdAt: '2025-11-01T00:00:00.000Z', ...change };
}

function adopt(tasks: Records, timings: Records, extra: Record<string, string> = {}) {
  const test = migrationFixture({ v1: false });
  const path = join(test.dir, 'schedule.json');
  const text = JSON.stringify({ version: '2.0.0', tasks, timings }, null, 2);
  writeFileSync(path, text);
  for (const [name, content] of Object.entries(extra)) writeFileSync(join(test.dir, name), content);
  return { ...test, path, text };
}

/** Migrates jobs as ncp does: one group for each id, with the schedule of the last job; tasks lose their schedule. */
function migratedByNcp(): { tasks: Records; timings: Records; jobs: string } {
  const jobs = readFileSync(join(ncpFixtureDir, 'jobs.json'), 'utf8');
  const byCron = new Map<string, Record<string, unknown>[]>();
  for (const job of Object.values((JSON.parse(jobs) as { jobs: Records }).jobs)) {
    const cron = String(job['cronExpression']).trim().replaceAll(/\s+/g, ' ');
    byCron.set(cron, [...(byCron.get(cron) ?? []), job]);
  }
  const tasks: Records = {};
  const timings: Records = {};
  for (const [cron, members] of byCron) {
    const id = ncpTimingId(cron) ?? '';
    for (const { cronExpression: _cron, timezone: _zone, catchupMissed: _catchup, ...job } of members) {
      tasks[String(job['id'])] = { ...job, timingId: id };
    }
    const timezone = members[0]?.['timezone'];
    const taskIds = members.map((job) => String(job['id']));
    timings[id] = ncpTiming(id, cron, taskIds, timezone === undefined ? {} : { timezone });
  }
  return { tasks, timings, jobs };
}

describe('the ids of ncp 2', () => {
  it.each([
    ['0 9 * * *', 'daily-9am'],
    ['0 9,17 * * *', 'daily-9am'],
    ['0,30 9 * * *', 'daily-9am'],
    ['30 14 * * *', 'daily-2-30pm'],
    ['0 0 * * *', 'daily-midnight'],
    ['0 * * * *', 'daily-12am'],
    ['*/5 9 * * *', 'daily-9-NaNam'],
    ['* * * * *', 'daily-12-NaNam'],
    ['*/5 * * * *', 'every-5min'],
    ['0 */2 * * *', 'every-2hr'],
    ['0 12 * * 1', 'weekly-mon-noon'],
    ['0 9 * * */2', 'weekly-dayNaN-9am'],
    ['0 9 * * 1-5', 'weekdays-9am'],
    ['0 9 1,15 * *', 'monthly-1st-9am'],
    ['0 18 19-26 12 *', 'custom-h4zfed'],
    ['3 12 17-27 1 *', 'custom-h4zfed'],
  ])('%s is %s', (cron, id) => {
    expect(ncpTimingId(cron)).toBe(id);
  });
});

describe("ncp 2's schedule.json", () => {
  it('is not usable as it is, and is detected', () => {
    const { store, migration } = adopt(
      { a: ncpTask('a', 'daily-9am') },
      { 'daily-9am': ncpTiming('daily-9am', '0 9 * * *', ['a']) },
    );
    expect(store.state()).toMatchObject({ state: 'read-only', message: expect.stringContaining('migrate') as unknown });
    expect(migration.isNeeded()).toBe(true);
  });

  it("restores the tasks, zones and schedules that ncp's own migration lost", () => {
    const { tasks, timings, jobs } = migratedByNcp();
    const { migration, groupsOf, store, state } = adopt(tasks, timings, {
      'jobs.json.backup-2025-11-01T00-00-00-000Z': jobs,
    });
    const report = migration.migrate();
    expect(report.skipped).toEqual([]);
    expect(report.tasks).toHaveLength(100);
    const cronOf = (name: string) => groupsOf(name).map(({ cronExpression, timezone }) => [cronExpression, timezone]);
    expect(cronOf('Twice a month')).toEqual([['0 9 1,15 * *', 'Europe/Berlin']]);
    expect(cronOf('First of month')).toEqual([['0 9 1 * *', 'Europe/Berlin']]);
    expect(cronOf('Office hours')).toEqual([['0 9-17 * * 1-5', 'Europe/Berlin']]);
    expect(cronOf('Hourly')).toEqual([['0 * * * *', 'Europe/Berlin']]);
    expect(cronOf('Morning report, New York')).toEqual([['0 9 * * *', 'America/New_York']]);
    expect(cronOf('Morning report, UTC')).toEqual([['0 9 * * *', 'UTC']]);
    expect(groupsOf('Sunday seven')).toEqual(groupsOf('Sunday zero'));
    expect(state('job-005')).toMatchObject({ executionCount: 812 });
    expect(Object.values(store.read().timings).flatMap(({ taskIds }) => taskIds)).toHaveLength(100);
  });

  it('uses the schedule of each task if different schedules share an id', () => {
    const { migration, store } = adopt(
      {
        nine: ncpTask('nine', 'daily-9am', { cronExpression: '0 9 * * *', timezone: 'America/New_York' }),
        twice: ncpTask('twice', 'daily-9am', { cronExpression: '0 9,17 * * *' }),
        tokyo: ncpTask('tokyo', 'daily-9am', { cronExpression: '0 9 * * *', timezone: 'Asia/Tokyo' }),
      },
      {
        'daily-9am': ncpTiming('daily-9am', '0 9 * * *', ['nine', 'twice', 'tokyo'], { timezone: 'America/New_York' }),
      },
    );
    migration.migrate();
    const { tasks } = store.read();
    expect(Object.values(tasks).map(({ id, cronExpression, timezone }) => [id, cronExpression, timezone])).toEqual([
      ['nine', '0 9 * * *', 'America/New_York'],
      ['twice', '0 9,17 * * *', 'Europe/Berlin'],
      ['tokyo', '0 9 * * *', 'Asia/Tokyo'],
    ]);
    expect(new Set(Object.values(tasks).map(({ timingId }) => timingId)).size).toBe(3);
  });

  it("uses the group's schedule if an update did not change the task's own", () => {
    const { migration, store } = adopt(
      { a: ncpTask('a', 'daily-6pm', { cronExpression: '0 9 * * *' }) },
      { 'daily-6pm': ncpTiming('daily-6pm', '0 18 * * *', ['a']) },
    );
    migration.migrate();
    expect(store.read().tasks['a']?.cronExpression).toBe('0 18 * * *');
  });

  it('is kept unchanged, and its counts go to the ledger', () => {
    const { migration, text, state, path } = adopt(
      { a: ncpTask('a', 'daily-9am', { executionCount: 7, lastExecutionAt: migrationTime, lastExecutionId: 'e7' }) },
      { 'daily-9am': ncpTiming('daily-9am', '0 9 * * *', ['a']) },
    );
    const { backup } = migration.migrate();
    expect(backup).toBe(`${path}.replaced-2026-11-23T12-00-00-000Z`);
    expect(readFileSync(backup ?? '', 'utf8')).toBe(text);
    expect(state('a')).toMatchObject({ executionCount: 7, lastExecutionId: 'e7', lastExecutionAt: migrationTime });
    expect(migration.isNeeded()).toBe(false);
    expect(migration.migrate()).toMatchObject({ tasks: [], added: 0 });
  });

  it('lists tasks without a usable schedule', () => {
    const { migration, store } = adopt(
      { lost: ncpTask('lost', 'gone'), kept: ncpTask('kept', 'daily-9am') },
      {
        'daily-9am': ncpTiming('daily-9am', '0 9 * * *', ['kept', 'nobody']),
        empty: ncpTiming('empty', '0 1 * * *', []),
      },
    );
    const report = migration.migrate();
    expect(report.skipped).toMatchObject([{ id: 'lost' }]);
    expect(Object.keys(store.read().timings)).toEqual(['daily-9am']);
  });

  it('can be tried with a dry run, even together with jobs of V1', () => {
    const { migration, dir, path, text } = adopt(
      { 'job-001': ncpTask('job-001', 'daily-9am') },
      { 'daily-9am': ncpTiming('daily-9am', '0 9 * * *', ['job-001']) },
      { 'jobs.json': readFileSync(join(ncpFixtureDir, 'jobs.json'), 'utf8') },
    );
    expect(migration.migrate({ dryRun: true })).toMatchObject({ added: 100, backup: null });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readdirSync(dir).sort()).toEqual(['jobs.json', 'schedule.json']);
    const report = migration.migrate();
    expect(report).toMatchObject({ added: 100 });
    expect(report.tasks).toHaveLength(100);
  });

  it('in another directory is only read', () => {
    const { migration, store, dir } = migrationFixture({ v1: false });
    const from = temporaryDir();
    const text = JSON.stringify({
      version: '2.0.0',
      tasks: { a: ncpTask('a', 'daily-9am') },
      timings: { 'daily-9am': ncpTiming('daily-9am', '0 9 * * *', ['a']) },
    });
    writeFileSync(join(from, 'schedule.json'), text);
    expect(migration.migrate({ from })).toMatchObject({ added: 1, backup: null });
    expect(Object.keys(store.read().tasks)).toEqual(['a']);
    expect(readdirSync(from)).toEqual(['schedule.json']);
    expect(existsSync(join(dir, 'schedule.json'))).toBe(true);
  });

  it.each<[string, string]>([
    ['our own', '{"version":"2.0.0","tasks":{},"timings":{}}'],
    [
      'our own with unknown fields',
      '{"version":"2.0.0","tasks":{"a":{"armedAt":"x","executionCount":1}},"timings":{}}',
    ],
    ['of a newer version', '{"version":"3.0.0","tasks":{"a":{"executionCount":1}},"timings":{}}'],
    ['broken', '{"version":"2.0.0","tasks":{"a":{"executionCount":1'],
  ])('that is %s is left unchanged', (_name, text) => {
    const { migration, dir } = migrationFixture({ v1: false });
    const path = join(dir, 'schedule.json');
    writeFileSync(path, text);
    expect(migration.isNeeded()).toBe(false);
    expect(migration.migrate().tasks).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
