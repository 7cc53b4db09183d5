import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { legacyFiles } from '../../adapters/storage/legacy-files.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { migrationFixture, migrationTime, ncpFixtureDir } from '../../testing/migration-fixture.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { createMigration } from './migrate.ts';

describe("ncp 1's jobs.json", () => {
  it('becomes 100 tasks, each in exactly one group of its own schedule', () => {
    const { migration, store } = migrationFixture();
    expect(migration.isNeeded()).toBe(true);
    const report = migration.migrate();
    expect(report.tasks).toHaveLength(100);
    expect(report).toMatchObject({ added: 100, skipped: [], notes: [], unreadableExecutions: 0 });
    const file = store.read();
    const members = Object.values(file.timings).flatMap(({ taskIds }) => taskIds);
    expect(members).toHaveLength(100);
    expect(new Set(members)).toEqual(new Set(Object.keys(file.tasks)));
    expect(report.timings).toEqual(Object.values(file.timings));
    expect(migration.isNeeded()).toBe(false);
  });

  it('is grouped by the meaning of schedules, and by zone', () => {
    const { migration, groupsOf } = migrationFixture();
    migration.migrate();
    const groupOf = (name: string) => {
      expect(groupsOf(name)).toHaveLength(1);
      return groupsOf(name)[0];
    };
    expect(groupOf('Sunday seven')).toBe(groupOf('Sunday zero'));
    expect(groupOf('Daily Backup')).toBe(groupOf('Morning report'));
    expect(groupOf('Daily Backup')).toMatchObject({ id: 'daily-9am', timezone: 'Europe/Berlin' });
    expect(groupOf('Morning report, New York')).toMatchObject({
      cronExpression: '0 9 * * *',
      timezone: 'America/New_York',
    });
    expect(groupOf('Morning report, UTC')).toMatchObject({ cronExpression: '0 9 * * *', timezone: 'UTC' });
    expect(groupOf('Twice a month')).toMatchObject({ cronExpression: '0 9 1,15 * *' });
    expect(groupOf('First of month')).toMatchObject({ cronExpression: '0 9 1 * *' });
    expect(groupOf('Office hours')).toMatchObject({ cronExpression: '0 9-17 * * 1-5' });
    expect(groupOf('Nine on weekdays')).toMatchObject({ cronExpression: '0 9 * * 1-5' });
    expect(groupOf('Hourly')?.name).not.toMatch(/daily/i);
  });

  it('keeps every field and every meaning', () => {
    const { migration, store, state } = migrationFixture();
    const before = JSON.parse(readFileSync(join(ncpFixtureDir, 'jobs.json'), 'utf8')) as {
      jobs: Record<string, Record<string, unknown>>;
    };
    migration.migrate();
    const { tasks } = store.read();
    for (const [id, job] of Object.entries(before.jobs)) {
      const { executionCount, lastExecutionId, lastExecutionAt, cronExpression, timezone, ...kept } = job;
      expect(tasks[id]).toMatchObject(kept);
      expect(tasks[id]?.timezone).toBe(timezone ?? 'Europe/Berlin');
      expect(String(cronExpression).trim()).not.toBe('');
      expect(state(id)).toMatchObject({
        executionCount,
        successfulSlots: executionCount,
        lastExecutionId: lastExecutionId ?? null,
        lastExecutionAt: lastExecutionAt ?? null,
      });
      expect(tasks[id]).not.toHaveProperty('executionCount');
    }
    const named = (name: string) => Object.values(tasks).find((task) => task.name === name);
    expect(named('Poll 2')).toMatchObject({ status: 'paused' });
    expect(named('Broken')).toMatchObject({ status: 'error', errorMessage: 'MCP server not found' });
    expect(named('Limited')).toMatchObject({ maxExecutions: 3, endDate: '2027-01-01T00:00:00.000Z', status: 'active' });
    expect(named('One shot')).toMatchObject({ runAt: '2026-12-03T13:15:00.000Z', fireOnce: true, status: 'active' });
    expect(named('Done already')).toMatchObject({ status: 'completed', runAt: '2025-12-31T23:00:00.000Z' });
  });

  it('keeps the execution records as history', () => {
    const { migration, ledger } = migrationFixture();
    expect(migration.migrate().executions).toBe(2);
    expect(ledger.get('exec-1')).toMatchObject({
      taskId: 'job-001',
      timingId: 'daily-9am',
      status: 'success',
      duration: 3,
      parameters: { path: '/tmp' },
      result: { content: [{ type: 'text', text: '[FILE] a' }] },
    });
    expect(ledger.get('exec-2')).toMatchObject({
      taskName: 'Ünïcödé ☕ "quoted", comma',
      status: 'failure',
      error: { code: 'ncp/failed', message: 'boom, "bad"\nsecond line' },
    });
  });

  it('reads multi-line rows of summary.csv if there is no document', () => {
    const { migration, ledger } = migrationFixture({ legacy: { executionDocuments: () => [] } });
    expect(migration.migrate()).toMatchObject({ executions: 2, unreadableExecutions: 0 });
    expect(ledger.get('exec-2')?.error?.message).toBe('boom, "bad"\nsecond line');
  });

  it('is moved away only afterwards, complete', () => {
    const { migration, dir, jobs } = migrationFixture();
    const { backup } = migration.migrate();
    expect(backup).toBe(join(dir, 'jobs.json.backup-2026-11-23T12-00-00-000Z'));
    expect(existsSync(jobs)).toBe(false);
    expect(readFileSync(backup ?? '')).toEqual(readFileSync(join(ncpFixtureDir, 'jobs.json')));
  });

  it('leaves everything else unchanged, even the crontab', () => {
    const { migration, dir } = migrationFixture();
    migration.migrate();
    expect(readFileSync(join(dir, 'crontab.txt'))).toEqual(readFileSync(join(ncpFixtureDir, 'crontab.txt')));
    expect(readdirSync(join(dir, 'executions', 'results'))).toEqual(['exec-1.json', 'exec-2.json']);
  });

  it('is audited, task by task', () => {
    const { migration, ledger } = migrationFixture();
    migration.migrate();
    expect(ledger.auditTrail('job-015')).toMatchObject([
      { author: 'migration', action: 'task.create', after: { name: 'One shot' } },
    ]);
  });

  it('can be tried with a dry run', () => {
    const { migration, dir, ledger } = migrationFixture();
    const before = readdirSync(dir);
    const report = migration.migrate({ dryRun: true });
    expect(report.tasks).toHaveLength(100);
    expect(report).toMatchObject({ added: 100, backup: null });
    expect(readdirSync(dir)).toEqual(before);
    expect(ledger.get('exec-1')).toBeNull();
  });

  it('can come from another directory', () => {
    const { migration, store, dir } = migrationFixture({ v1: false });
    const from = temporaryDir();
    cpSync(ncpFixtureDir, from, { recursive: true });
    expect(migration.isNeeded()).toBe(false);
    expect(migration.migrate({ from: `${from}/` })).toMatchObject({ added: 100 });
    expect(Object.keys(store.read().tasks)).toHaveLength(100);
    expect(readdirSync(from).some((name) => name.startsWith('jobs.json.backup-'))).toBe(true);
    expect(readdirSync(dir).some((name) => name.startsWith('jobs.json'))).toBe(false);
  });

  it('that does not exist leaves nothing to do', () => {
    const { migration, dir } = migrationFixture({ v1: false });
    expect(migration.migrate()).toMatchObject({ tasks: [], timings: [], backup: null, skipped: [] });
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('migrating again', () => {
  it('continues after a crash before the old file was moved away', () => {
    const crash = () => {
      throw new Error('killed');
    };
    const { migration, open, store } = migrationFixture({ legacy: { retireJobs: crash } });
    expect(() => migration.migrate()).toThrow('killed');
    const whole = store.read();
    const again = open().migrate();
    expect(again).toMatchObject({ added: 0, executions: 0 });
    expect(again.tasks).toHaveLength(100);
    expect(store.read()).toEqual(whole);
  });

  it('never overwrites existing tasks, but adds missing ones', () => {
    const { migration, store, state, ledger } = migrationFixture();
    store.update((draft) => {
      addTask(draft, { id: 'mine', timezone: 'UTC' });
      addTask(draft, { id: 'job-001', name: 'Edited since' });
    });
    ledger.importHistory({
      executions: [],
      runStates: [
        {
          taskId: 'job-005',
          executionCount: 900,
          successfulSlots: 900,
          lastExecutionId: null,
          lastExecutionAt: null,
          lastStatus: null,
        },
      ],
    });
    const report = migration.migrate();
    expect(report).toMatchObject({ added: 99 });
    expect(report.tasks).toHaveLength(100);
    expect(store.read().tasks['job-001']?.name).toBe('Edited since');
    expect(Object.keys(store.read().tasks)).toHaveLength(101);
    expect(state('job-005')?.executionCount).toBe(900);
    const utc = Object.values(store.read().timings).find(({ taskIds }) => taskIds.includes('mine'));
    expect(utc?.taskIds).toEqual(['mine', 'job-001', 'job-004']);
  });

  it('keeps the old file in place if our own schedule cannot be read', () => {
    const { migration, dir, jobs } = migrationFixture();
    writeFileSync(join(dir, 'schedule.json'), 'broken');
    expect(() => migration.migrate()).toThrow(expect.objectContaining({ code: 'store/unreadable' }));
    expect(existsSync(jobs)).toBe(true);
    expect(readFileSync(join(dir, 'schedule.json'), 'utf8')).toBe('broken');
  });

  it('keeps the old file in place if the written schedule differs from it', () => {
    const { dir, ledger, store, jobs } = migrationFixture();
    const forgetful = {
      ...{ path: store.path, state: () => store.state(), backups: () => store.backups() },
      restore: (name: string) => store.restore(name),
      adopt: (convert: (text: string) => ScheduleFile | null) => store.adopt(convert),
      watch: (listener: () => void) => store.watch(listener),
      read: () => store.read(),
      update: <T>(change: (draft: ScheduleFile) => T) => change(structuredClone(store.read())),
    };
    const migration = createMigration({
      store: forgetful,
      ledger,
      legacy: legacyFiles,
      clock: fakeClock(migrationTime),
      dataDir: dir,
      machineTimezone: 'UTC',
    });
    expect(() => migration.migrate()).toThrow(expect.objectContaining({ code: 'store/migration-failed' }));
    expect(existsSync(jobs)).toBe(true);
  });
});
