import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandResult, CommandRunner } from '../run-program.ts';
import { systemdJobs } from './systemd-jobs.ts';

const nowMs = Date.UTC(2026, 10, 28, 12);
let homeDir = '';
const context = () => ({ nowMs, timezone: 'UTC', homeDir, username: 'kim' });

beforeEach(() => {
  homeDir = mkdtempSync(join(tmpdir(), 'ncp-systemd-jobs-'));
});
afterEach(() => rmSync(homeDir, { recursive: true, force: true }));

const answer = (stdout: string, more: Partial<CommandResult> = {}): CommandResult => ({
  ...{ exitCode: 0, stderr: '', failure: null },
  stdout,
  ...more,
});
const failed = (failure: string | null, stderr = '') =>
  answer('', { exitCode: failure === null ? 1 : null, failure, stderr });

type Properties = Readonly<Record<string, string>>;
const timerOf = (name: string, more: Properties = {}): Properties => ({
  ...{ Id: `${name}.timer`, LoadState: 'loaded', ActiveState: 'active', UnitFileState: 'enabled', FragmentPath: '' },
  ...{ Unit: `${name}.service`, TimersCalendar: '{ OnCalendar=*-*-* 03:00:00 ; next_elapse=n/a }', Result: 'success' },
  ...{ AccuracyUSec: '1min', RandomizedDelayUSec: '0', Persistent: 'no' },
  ...more,
});
const serviceOf = (name: string, more: Properties = {}): Properties => ({
  ...{ Id: `${name}.service`, LoadState: 'loaded', ActiveState: 'inactive', SubState: 'dead', Result: 'success' },
  ExecStart: `{ path=/bin/x ; argv[]=/bin/x --now ; ignore_errors=no ; pid=1 ; code=exited ; status=0 }`,
  ...more,
});

/** Answers as systemctl 252 does, for these units. */
function fakeSystemctl(units: readonly Properties[], list?: string): CommandRunner {
  const timers = units.filter((unit) => unit['Id']?.endsWith('.timer') === true);
  const rows = timers.map(({ Id, next }) => ({ unit: Id, next: Number(next ?? 0) }));
  return async (_file, args) => {
    if (args.includes('list-timers')) return answer(list ?? JSON.stringify(rows));
    const wanted = units.filter(({ Id = '' }) => args.includes(Id));
    const blocks = wanted.map((unit) =>
      Object.entries(unit)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    );
    return answer(`${blocks.join('\n\n')}\n`);
  };
}
const find = (run: CommandRunner, scope: 'systemd-user' | 'systemd-system' = 'systemd-system') =>
  systemdJobs(scope, { run, runtimeDir: null }, context());

test('the result of the last run reads as systemd records it', async () => {
  const ran = {
    ExecMainStartTimestamp: 'Sat 2026-11-28 03:00:00 UTC',
    ExecMainExitTimestamp: 'Sat 2026-11-28 03:01:00 UTC',
  };
  const cases: readonly (readonly [string, Properties, string, string])[] = [
    ['good', { ...ran, ExecMainCode: '1', ExecMainStatus: '0' }, 'succeeded', 'exit code 0'],
    ['exit', { ...ran, Result: 'exit-code', ExecMainCode: '1', ExecMainStatus: '3' }, 'failed', 'exit code 3'],
    ['signal', { ...ran, Result: 'signal', ExecMainCode: '2', ExecMainStatus: '9' }, 'failed', 'ended by signal 9'],
    ['slow', { ...ran, Result: 'timeout' }, 'failed', 'stopped at its time limit'],
    ['new', {}, 'unknown', 'has not run yet'],
    ['busy', { ActiveState: 'activating', SubState: 'start' }, 'running', 'running'],
    ['gone', { LoadState: 'not-found' }, 'failed', 'the unit it starts, gone.service, was not found'],
    [
      'skipped',
      { ConditionResult: 'no', ConditionTimestamp: 'Sat 2026-11-28 03:00:00 UTC' },
      'unknown',
      'skipped: a condition of the service was not met',
    ],
  ];
  const units = cases.flatMap(([name, service]) => [timerOf(name), serviceOf(name, service)]);
  const { jobs, unread } = await find(fakeSystemctl(units));
  expect(unread).toEqual([]);
  expect(jobs.map(({ name, last }) => [name, last.result, last.detail])).toEqual(
    cases.map(([name, , result, detail]) => [name, result, detail]),
  );
  expect(jobs[0]?.last.atMs).toBe(Date.UTC(2026, 10, 28, 3));
  expect(jobs[0]).toMatchObject({ command: '/bin/x --now', runsAs: 'root' });
});

test('a persistent timer is watched since its last run, another one since it was started', async () => {
  const times = { LastTriggerUSec: 'Wed 2026-11-25 03:00:00 UTC', ActiveEnterTimestamp: 'Fri 2026-11-27 08:00:00 UTC' };
  const units = [timerOf('one', { ...times, Persistent: 'yes' }), timerOf('two', times), timerOf('three')];
  const { jobs } = await find(fakeSystemctl(units));
  expect(jobs.map(({ watchedFromMs }) => watchedFromMs)).toEqual([
    Date.UTC(2026, 10, 25, 3),
    Date.UTC(2026, 10, 27, 8),
    null,
  ]);
});

test('a timer that counts from an event says what it counts from', async () => {
  const monotonic = '{ OnUnitActiveUSec=1d ; next_elapse=1h }';
  const unit = timerOf('clean', { TimersCalendar: '', TimersMonotonic: monotonic, next: '1795921200000000' });
  const { jobs } = await find(fakeSystemctl([unit]));
  expect(jobs[0]).toMatchObject({
    schedules: [],
    trigger: '1d after the unit last started',
    written: 'OnUnitActiveSec=1d',
    nextMs: 1_795_921_200_000,
  });
});

test('entries of this app are left out, and timers that are not started say so', async () => {
  const folder = join(homeDir, '.config/systemd/user');
  mkdirSync(folder, { recursive: true });
  const ours = join(folder, 'ncp-scheduler-daily.timer');
  writeFileSync(ours, '[Timer]\n[X-NCP]\nX-NCP-Version=1\nX-NCP-Timing=daily\n');
  writeFileSync(join(folder, 'idle.timer'), '[Timer]\nOnCalendar=daily\n');
  const idle = { ...timerOf('idle', { ActiveState: 'inactive', UnitFileState: 'disabled' }) };
  const run = fakeSystemctl([timerOf('ncp-scheduler-daily', { FragmentPath: ours }), idle], '[]');
  const { jobs } = await find(run, 'systemd-user');
  expect(jobs.map(({ name, stopped }) => [name, stopped])).toEqual([['idle', 'The timer is not started (disabled).']]);
});

test('a manager that hangs, is missing or refuses is named with a plain reason', async () => {
  const reasons = [
    [failed('systemctl took too long and was ended'), 'systemd did not answer within 10 seconds.'],
    [failed('systemctl could not be started: the program was not found'), 'This machine has no systemd.'],
    [failed(null, 'Failed to connect to bus'), 'systemctl --user failed: Failed to connect to bus'],
  ] as const;
  for (const [result, reason] of reasons) {
    const { jobs, unread } = await find(() => Promise.resolve(result), 'systemd-user');
    expect(jobs).toEqual([]);
    expect(unread).toEqual([{ place: 'systemd-user', what: 'systemctl --user', reason }]);
  }
});

test('an older systemd, which writes a table instead of JSON, still names its timers', async () => {
  const table =
    'NEXT LEFT LAST PASSED UNIT ACTIVATES\nSun 2026-11-29 03:00:00 UTC 15h n/a n/a backup.timer backup.service\n';
  const timer = timerOf('backup', { NextElapseUSecRealtime: 'Sun 2026-11-29 03:00:00 UTC' });
  const { jobs } = await find(fakeSystemctl([timer], table));
  expect(jobs[0]?.nextMs).toBe(Date.UTC(2026, 10, 29, 3));
});

test('2,000 timers are asked for in calls that a command line can hold', async () => {
  const units = Array.from({ length: 2000 }, (_, index) => timerOf(`t${index}`));
  const answerer = fakeSystemctl(units);
  const calls: number[] = [];
  const { jobs } = await find((file, args) => {
    calls.push(args.length);
    return answerer(file, args);
  });
  expect(jobs).toHaveLength(2000);
  expect(Math.max(...calls)).toBeLessThan(210);
});

test('a timer that disappears while it is read, and a file that is no unit, hide no other timer', async () => {
  const folder = join(homeDir, '.config/systemd/user');
  mkdirSync(folder, { recursive: true });
  for (const name of ['my backup.timer', 'template@.timer']) writeFileSync(join(folder, name), '[Timer]\n');
  const units = [timerOf('good'), serviceOf('good'), timerOf('gone', { LoadState: 'not-found', Unit: '' })];
  const real = fakeSystemctl(units);
  const strict: CommandRunner = async (file, args, options) =>
    // As systemctl does for a name that no unit can have.
    args.includes('') || args.some((arg) => / |@\./.test(arg))
      ? failed(null, 'invalid unit name')
      : real(file, args, options);
  const { jobs, unread } = await find(strict, 'systemd-user');
  expect(jobs.map(({ name }) => name)).toContain('good');
  expect(unread).toEqual([
    {
      place: 'systemd-user',
      what: join(folder, 'my backup.timer'),
      reason: 'systemd does not accept the name of this file.',
    },
  ]);
});
