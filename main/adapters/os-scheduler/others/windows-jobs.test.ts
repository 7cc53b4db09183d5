import { expect, test } from 'vitest';
import { SchedulerError } from '../../../domain/errors.ts';
import type { CommandRunner } from '../run-program.ts';
import { windowsJobs } from './windows-jobs.ts';

const context = { nowMs: Date.UTC(2026, 10, 28), timezone: 'UTC', homeDir: 'C:\\Users\\kim', username: 'kim' };
const xml = `<Task><Triggers><CalendarTrigger><StartBoundary>2026-11-01T03:00:00</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers><Actions><Exec><Command>C:\\backup.exe</Command><Arguments>--all</Arguments></Exec></Actions></Task>`;
const names = ['\\Failed', '\\New', '\\Missed', '\\Off', '\\Unknown'];
const windowsTasks = () => Promise.resolve(new Map(names.map((name) => [name, xml])));
const row = (name: string, more: object) => ({
  name,
  state: 'Ready',
  result: 0,
  missed: 0,
  last: null,
  next: null,
  ...more,
});
const rows = [
  row('\\Failed', {
    result: 2_147_942_402,
    last: '2026-11-27T03:00:00.0000000Z',
    next: '2026-11-28T03:00:00.0000000Z',
  }),
  row('\\New', { result: 267_011 }),
  row('\\Missed', { missed: 2, last: '2026-11-25T03:00:00.0000000Z' }),
  row('\\Off', { state: 'Disabled' }),
];
const answering =
  (stdout: string, exitCode = 0): CommandRunner =>
  () =>
    Promise.resolve({ exitCode, stdout, stderr: exitCode === 0 ? '' : 'Access is denied.', failure: null });

test('tasks are listed with the result, the next run and the missed runs that Task Scheduler counts', async () => {
  const { jobs, unread } = await windowsJobs({ run: answering(JSON.stringify(rows)), windowsTasks }, context);
  expect(unread).toEqual([]);
  expect(jobs.map(({ name, last, stopped }) => [name, last.result, last.detail, stopped])).toEqual([
    ['Failed', 'failed', 'exit code 0x80070002', null],
    ['New', 'unknown', 'has not run yet', null],
    ['Missed', 'succeeded', 'exit code 0', null],
    ['Off', 'succeeded', 'exit code 0', 'It is disabled.'],
    ['Unknown', 'unknown', 'not known', null],
  ]);
  expect(jobs[0]).toMatchObject({ command: 'C:\\backup.exe --all', nextMs: Date.UTC(2026, 10, 28, 3) });
  expect(jobs[2]?.watchedFromMs).toBe(Date.UTC(2026, 10, 25, 3));
});

test('without PowerShell the tasks are listed, and it says that results are not known', async () => {
  const { jobs, unread } = await windowsJobs({ run: answering('', 1), windowsTasks }, context);
  expect(jobs).toHaveLength(names.length);
  expect(unread).toEqual([
    { place: 'windows', what: 'Get-ScheduledTaskInfo', reason: 'The last results are not known: Access is denied.' },
  ]);
});

test('a Task Scheduler that refuses is named with the reason', async () => {
  const refusing = () => Promise.reject(new SchedulerError('os/schtasks-refused', 'schtasks failed: no service'));
  const { jobs, unread } = await windowsJobs({ run: answering('[]'), windowsTasks: refusing }, context);
  expect(jobs).toEqual([]);
  expect(unread).toEqual([{ place: 'windows', what: 'schtasks', reason: 'schtasks failed: no service' }]);
});
