import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrationFixture, migrationTime } from '../../testing/migration-fixture.ts';

describe('jobs with invalid fields', () => {
  const job = {
    name: 'A',
    tool: 'shell:run',
    parameters: {},
    cronExpression: '0 9 * * *',
    status: 'active',
    fireOnce: false,
    createdAt: migrationTime,
    executionCount: 0,
  };
  const migrated = (jobs: Record<string, unknown>) => {
    const test = migrationFixture({ v1: false });
    writeFileSync(test.jobs, JSON.stringify({ version: '1.0.0', jobs }));
    return { ...test, report: test.migration.migrate() };
  };

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an hour of 25', { cronExpression: '0 25 * * *' }, /25/],
    ['six fields', { cronExpression: '0 0 9 * * *' }, /field/],
    ['no schedule', { cronExpression: undefined }, /./],
    ['no tool', { tool: 'echo' }, /server:tool/],
  ])('are named with the reason and stay in the backup: %s', (_name, change, reason) => {
    const { report, store } = migrated({ good: job, bad: { ...job, name: 'Bad', ...change } });
    expect(report.skipped).toEqual([{ id: 'bad', name: 'Bad', reason: expect.stringMatching(reason) as unknown }]);
    expect(Object.keys(store.read().tasks)).toEqual(['good']);
    expect(readFileSync(report.backup ?? '', 'utf8')).toContain('"bad"');
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, number]>([
    ['a limit of 0 was none', { maxExecutions: 0 }, { status: 'active' }, 0],
    ['a local end date', { endDate: '2027-01-01' }, { endDate: '2027-01-01T00:00:00.000Z' }, 0],
    ['an unreadable end date', { endDate: 'some day' }, { status: 'active' }, 1],
    ['an unknown zone', { timezone: 'Mars/Base' }, { status: 'paused', timezone: 'Europe/Berlin' }, 1],
    ['an unknown status', { status: 'sleeping' }, { status: 'paused' }, 1],
    ['once, and it has run', { fireOnce: true, executionCount: 1 }, { status: 'completed' }, 1],
    [
      'once, of a recurring schedule',
      { fireOnce: true },
      { status: 'active', fireOnce: true, cronExpression: '0 9 * * *' },
      0,
    ],
    ['unknown fields', { color: 'red', nested: [1] }, { color: 'red', nested: [1] }, 0],
    ['no name', { name: undefined }, { name: 'x' }, 0],
    ['no date of creation', { createdAt: 'x' }, { createdAt: migrationTime }, 0],
  ])('are kept: %s', (_name, change, expected, notes) => {
    const { report, store } = migrated({ x: { ...job, ...change } });
    expect(report.skipped).toEqual([]);
    expect(store.read().tasks['x']).toMatchObject(expected);
    expect(report.notes).toHaveLength(notes);
  });

  it.each([
    ['cut off', '{"version":"1.0.0","jobs":{"a":{'],
    ['no object', '[]'],
    ['without jobs', '{"version":"1.0.0"}'],
  ])('in a file that is %s are refused, and the file is unchanged', (_name, text) => {
    const { migration, jobs, dir } = migrationFixture({ v1: false });
    writeFileSync(jobs, text);
    expect(() => migration.migrate()).toThrow(expect.objectContaining({ code: 'store/unreadable' }));
    expect(readFileSync(jobs, 'utf8')).toBe(text);
    expect(readdirSync(dir)).toEqual(['jobs.json']);
  });

  it('with broken records keep the readable ones as history', () => {
    const { migration, dir, ledger } = migrationFixture();
    mkdirSync(join(dir, 'executions', 'results'), { recursive: true });
    writeFileSync(join(dir, 'executions', 'results', 'exec-3.json'), '{"executionId": "exec-3", "jobId');
    writeFileSync(
      join(dir, 'executions', 'results', 'exec-4.json'),
      JSON.stringify({ executionId: 'exec-4', jobId: 'gone', startedAt: migrationTime, status: 'running' }),
    );
    expect(migration.migrate()).toMatchObject({ executions: 3, unreadableExecutions: 1 });
    expect(ledger.get('exec-4')).toMatchObject({ status: 'interrupted', taskId: 'gone', timingId: '' });
  });
});
