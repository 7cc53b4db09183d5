import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { installedKind, kindsOfSchedules, wellInstalled } from '../../../testing/contract-suites/os-scheduler-suite.ts';
import type { CommandRunner } from '../run-program.ts';
import { contextOf, groupOf } from '../testing/schedule-arbitraries.ts';
import { commandLine } from './command-line.ts';
import { Schtasks } from './schtasks.ts';
import { taskPath, translateToWindows } from './translate.ts';
import { WindowsScheduler } from './windows-scheduler.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const office = groupOf('0 9 * * 1-5', 'UTC', 'office');
const context = {
  ...contextOf('UTC', NOW),
  command: ['C:\\Program Files\\NCP Scheduler\\ncp-scheduler.exe'],
  homeDir: 'C:\\Users\\kim',
};
let tasks = new Map<string, string>();

/** `schtasks` on a German Windows, in memory. */
const run: CommandRunner = async (_file, args) => {
  const answer = (exitCode: number, stdout = '', stderr = '') => ({ exitCode, stdout, stderr, failure: null });
  const name = args[args.indexOf('/TN') + 1] ?? '';
  if (args[0] === '/Create') {
    const file = readFileSync(args[args.indexOf('/XML') + 1] ?? '');
    expect([file[0], file[1]]).toEqual([0xff, 0xfe]);
    tasks.set(name, file.subarray(2).toString('utf16le'));
    return answer(0, 'ERFOLGREICH');
  }
  if (args[0] === '/Delete') return tasks.delete(name) ? answer(0) : answer(1, '', 'FEHLER: nicht gefunden');
  if (!args.includes('/TN')) {
    return answer(
      0,
      ['\\Microsoft\\Windows\\Defrag\\ScheduledDefrag', ...tasks.keys()]
        .map((each) => `"${each}","24.11.2026 09:00:00","Bereit"\r\n`)
        .join('')
        .repeat(2),
    );
  }
  const xml = tasks.get(name);
  // Windows writes UTF-16 and adds elements.
  const told = xml
    ?.replace('<CalendarTrigger>', '<CalendarTrigger><Enabled>true</Enabled>')
    .replace(/<UserId>.*<\/UserId>/, '<Enabled>true</Enabled><UserId>S-1-5-21-7</UserId>');
  return told === undefined ? answer(1, '', 'FEHLER') : answer(0, Buffer.from(told, 'utf16le').toString('latin1'));
};
const scheduler = new WindowsScheduler(new Schtasks(run));
const xmlOf = (text: string, zone = 'UTC', machine = 'UTC'): string =>
  translateToWindows(groupOf(text, zone), { ...context, machineTimezone: machine }).artifacts[0]?.content ?? '';
const triggersIn = (xml: string): number => xml.match(/<(Calendar|Time)Trigger>/g)?.length ?? 0;

beforeEach(() => {
  tasks = new Map();
});

describe('the XML', () => {
  it('has the schema’s elements in order, for the current person, hidden and on battery', () => {
    const xml = xmlOf('0 9 * * 1-5');
    const order = ['<RegistrationInfo>', '<Triggers>', '<Principals>', '<Settings>', '<Actions Context="Author">'];
    expect(order.map((element) => xml.indexOf(element))).toEqual(
      order.map((element) => xml.indexOf(element)).sort((a, b) => a - b),
    );
    expect(xml).toMatch(/<StartBoundary>2025-01-01T09:00:00<\/StartBoundary>\s*<ScheduleByWeek>/);
    expect(xml.match(/<(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\/>/g)).toHaveLength(5);
    for (const expected of [
      '<LogonType>InteractiveToken<',
      '<RunLevel>LeastPrivilege<',
      '<MultipleInstancesPolicy>IgnoreNew<',
      '<DisallowStartIfOnBatteries>false<',
      '<StopIfGoingOnBatteries>false<',
      '<Hidden>true<',
    ]) {
      expect(xml).toContain(expected);
    }
    expect(xml).not.toContain('SYSTEM');
  });

  it('expresses steps by repetition, and last days and nth weekdays exactly', () => {
    expect(xmlOf('*/15 9-17 * * *')).toMatch(/<Interval>PT15M<\/Interval>\s*<Duration>PT8H46M</);
    expect(xmlOf('0 9 L * *')).toContain('<Day>Last</Day>');
    expect(xmlOf('0 9 * * 1#2')).toMatch(/<Week>2<\/Week>\s*<\/Weeks>\s*<DaysOfWeek>\s*<Monday\/>/);
    expect(translateToWindows(groupOf('0 9 * * 1#2', 'UTC'), context).covers).toBe('exact');
  });

  it('has at most 48 triggers', () => {
    for (const text of ['1,4,9,11,20,33,34,57 1,2,5,9,14,22 * * *', '3,9,22 */5 1,7 2,9 1#1,3#2']) {
      for (const machine of ['UTC', 'Australia/Lord_Howe']) {
        expect(triggersIn(xmlOf(text, 'America/New_York', machine)), text).toBeLessThanOrEqual(48);
      }
    }
  });

  it('gives Node no console window', () => {
    const node = { ...context, command: ['C:\\node\\node.exe', 'C:\\app dir\\headless.js'] };
    const xml = translateToWindows(office, node).artifacts[0]?.content ?? '';
    expect(xml).toContain('<Command>%SystemRoot%\\System32\\conhost.exe</Command>');
    expect(xml).toContain('--headless C:\\node\\node.exe &quot;C:\\app dir\\headless.js&quot; _timing-run office');
  });
});

it.each([
  [['plain', 'two words'], 'plain "two words"'],
  [['say "hi"', ''], '"say \\"hi\\"" ""'],
  [['C:\\a b\\', 'C:\\a'], '"C:\\a b\\\\" C:\\a'],
  [['x\\"y'], '"x\\\\\\"y"'],
])('quotes %j as Windows takes it apart', (args, expected) => {
  expect(commandLine(args)).toBe(expected);
});

describe('the task', () => {
  it('is installed, read back, kept unchanged, updated and removed', async () => {
    const path = taskPath('office', '');
    expect(await scheduler.apply([office], context)).toEqual([{ timingId: 'office', change: 'installed', path }]);
    expect(await scheduler.readBack('office', NOW, 1, context)).toEqual([Date.parse('2026-11-24T09:00:00Z')]);
    expect((await scheduler.apply([office], context))[0]?.change).toBe('unchanged');
    expect((await scheduler.list([office], context)).map(({ state }) => state)).toEqual(['installed']);
    expect((await scheduler.list([], context))[0]?.detail).toBe('No group uses this entry.');
    const later = { ...groupOf('0 10 * * 1-5', 'UTC', 'office') };
    expect((await scheduler.list([later], context)).map(({ state }) => state)).toEqual(['drifted']);
    expect((await scheduler.apply([later], context))[0]?.change).toBe('updated');
    expect((await scheduler.remove(['office', 'never-was'], context)).map(({ change }) => change)).toEqual([
      'removed',
      'removed',
    ]);
    expect(tasks.size).toBe(0);
  });

  it.each(kindsOfSchedules)('of "%s" is installed, known again, and fires at each of its slots', async (text) => {
    expect(await installedKind(scheduler, text, context)).toEqual(wellInstalled);
  });

  it('of another program or the earlier product is not touched', async () => {
    tasks.set(taskPath('office', ''), '<Task/>').set('\\NCP_daily-9am', '<Task/>').set('\\Other', '<Task/>');
    expect(await scheduler.list([office], context)).toMatchObject([
      { state: 'foreign', timingId: 'office' },
      { state: 'legacy', timingId: 'daily-9am' },
    ]);
    expect((await scheduler.apply([office], context))[0]?.error?.code).toBe('os/foreign-entry');
    expect((await scheduler.remove(['office'], context))[0]?.error?.code).toBe('os/foreign-entry');
    expect(tasks.size).toBe(3);
  });

  it('of ncp is removed on request from either folder, and nothing else', async () => {
    for (const path of ['\\NCP_daily-9am', '\\NCP\\job-001', '\\NCP_other', '\\Other']) tasks.set(path, '<Task/>');
    const changes = await scheduler.removeLegacy(['daily-9am', 'job-001', 'nobody'], context);
    expect(changes.map(({ timingId, change }) => [timingId, change])).toEqual([
      ['daily-9am', 'removed'],
      ['job-001', 'removed'],
    ]);
    expect([...tasks.keys()]).toEqual(['\\NCP_other', '\\Other']);
  });
});

it.each([
  ['', 'schtasks /Query answered nothing instead of the XML'],
  ['fixme:schtasks', 'schtasks /Query answered "fixme:schtasks" instead of the XML'],
])('an answer without XML (%j) is a failed query, not the task of someone else', async (stdout, message) => {
  const broken: CommandRunner = async () => ({ exitCode: 0, stdout, stderr: '', failure: null });
  const [change] = await new WindowsScheduler(new Schtasks(broken)).apply([office], context);
  expect(change).toMatchObject({ change: 'failed', error: { code: 'os/schtasks-refused' } });
  expect(change?.error?.message).toContain(message);
});

it('a query that fails for a task that exists is an error, and the task is not replaced', async () => {
  await scheduler.apply([office], context);
  const before = new Map(tasks);
  const denied: CommandRunner = async (file, args, options) =>
    args.includes('/XML') && args[0] === '/Query'
      ? { exitCode: 1, stdout: '', stderr: 'FEHLER: Zugriff verweigert', failure: null }
      : run(file, args, options);
  const later = groupOf('0 10 * * 1-5', 'UTC', 'office');
  const [change] = await new WindowsScheduler(new Schtasks(denied)).apply([later], context);
  expect(change?.error).toMatchObject({
    code: 'os/schtasks-refused',
    message: `schtasks /Query of the task ${taskPath('office', '')} failed: FEHLER: Zugriff verweigert`,
  });
  expect(tasks).toEqual(before);
});

it('a list without any task is no list: Task Scheduler is not available, and no task counts as missing', async () => {
  const stub: CommandRunner = async (_file, args) => ({
    ...{ exitCode: args.includes('/XML') ? 1 : 0, stdout: '', stderr: '', failure: null },
  });
  const windows = new WindowsScheduler(new Schtasks(stub));
  expect(await windows.capabilities()).toMatchObject({
    ...{ available: false, notes: ['schtasks does not answer: it lists no tasks, not even those of Windows.'] },
  });
  expect((await windows.remove(['office'], context))[0]?.error?.code).toBe('os/schtasks-refused');
});
