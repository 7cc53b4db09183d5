import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TranslateContext } from '../../../ports/os-scheduler.ts';
import { installedKind, kindsOfSchedules, wellInstalled } from '../../../testing/contract-suites/os-scheduler-suite.ts';
import type { CommandRunner } from '../run-program.ts';
import { contextOf, groupOf } from '../testing/schedule-arbitraries.ts';
import { readAgentFile } from './agent-file.ts';
import { Launchctl } from './launchctl.ts';
import { LaunchdScheduler } from './launchd-scheduler.ts';
import { agentDirectory, agentPath, translateToLaunchd } from './translate.ts';

const onWindows =
  process.platform === 'win32' ? ' (skipped: it needs a shell of POSIX, and launchd is on macOS only)' : '';
const NOW = Date.parse('2026-11-23T12:00:00Z');
const office = groupOf('0 9,17 * * 1-5', 'UTC', 'office');
let context: TranslateContext;
let calls: string[] = [];
let loaded = new Set<string>();
let bootstrapCodes: number[] = [];

/** `launchctl` of a session, in memory. */
const run: CommandRunner = async (_file, args) => {
  calls.push(args.slice(0, 2).join(' '));
  const answer = (exitCode: number) => ({ exitCode, stdout: '', stderr: '', failure: null });
  const [verb, target = '', path = ''] = args;
  const label = target.split('/')[2] ?? '';
  if (verb === 'print') return answer(label === '' || loaded.has(label) ? 0 : 113);
  if (verb === 'bootout') return answer(loaded.delete(label) ? 0 : 3);
  if (verb !== 'bootstrap') return answer(0);
  const code = bootstrapCodes.shift() ?? 0;
  if (code === 0) loaded.add(readAgentFile(readFileSync(path, 'utf8'))?.Label ?? '');
  return answer(code);
};
const scheduler = new LaunchdScheduler(new Launchctl(run, 501));

beforeEach(() => {
  context = { ...contextOf('UTC', NOW), homeDir: mkdtempSync(join(tmpdir(), 'ncp-launchd-')) };
  [calls, loaded, bootstrapCodes] = [[], new Set(), []];
});
afterEach(() => {
  rmSync(context.homeDir, { recursive: true, force: true });
});

const intervalsOf = (text: string, zone = 'UTC', machine = 'UTC') => {
  const { artifacts } = translateToLaunchd(groupOf(text, zone), contextOf(machine, NOW));
  return readAgentFile(artifacts[0]?.content ?? '')?.StartCalendarInterval;
};

describe('the intervals', () => {
  it('name every weekday and every hour, unlike the old system, which wrote Monday at nine', () => {
    expect(intervalsOf('0 9 * * 1-5')).toEqual([1, 2, 3, 4, 5].map((Weekday) => ({ Weekday, Hour: 9, Minute: 0 })));
    expect(intervalsOf('0 9,17 * * *')).toEqual([9, 17].map((Hour) => ({ Hour, Minute: 0 })));
    expect(intervalsOf('0,30 * * * *')).toEqual([{ Minute: 0 }, { Minute: 30 }]);
    expect(intervalsOf('* * * * *')).toEqual([{}]);
  });

  it('never join day and weekday in one dictionary', () => {
    expect(intervalsOf('0 9 1 * 1')).toEqual([
      { Day: 1, Hour: 9, Minute: 0 },
      { Weekday: 1, Hour: 9, Minute: 0 },
    ]);
  });

  it('are exact if machine and group share a zone with clock changes', () => {
    const { covers } = translateToLaunchd(groupOf('0 9 * * *', 'Europe/London'), contextOf('Europe/London', NOW));
    expect(covers).toBe('exact');
    expect(intervalsOf('0 9 * * *', 'Europe/London', 'Europe/London')).toEqual([{ Hour: 9, Minute: 0 }]);
  });

  it('stay at most 500', () => {
    const group = groupOf('1-59/2 8-18 1-15 1,6 *', 'UTC');
    expect(translateToLaunchd(group, contextOf('UTC', NOW)).covers).toBe('superset');
    expect(intervalsOf('1-59/2 8-18 1-15 1,6 *')?.length).toBeLessThanOrEqual(500);
  });

  it('drop what costs the fewest extra fires: the hours of a day, not the days of the year', () => {
    const intervals = intervalsOf('* * 5-21 1-7 *', 'America/Sao_Paulo', 'Asia/Kolkata') ?? [];
    const days = new Set(intervals.map(({ Month, Day }) => `${Month ?? '*'}-${Day ?? '*'}`));
    expect(intervals.length).toBeLessThanOrEqual(500);
    expect(days.size).toBe(7 * 18);
  });
});

describe('the agent', () => {
  it('is bootstrapped, read back, kept unchanged, updated and booted out', async () => {
    const path = agentPath('office', context);
    expect(await scheduler.apply([office], context)).toEqual([{ timingId: 'office', change: 'installed', path }]);
    expect(calls).toContain('bootstrap gui/501');
    expect(await scheduler.readBack('office', NOW, 2, context)).toEqual([
      Date.parse('2026-11-23T17:00:00Z'),
      Date.parse('2026-11-24T09:00:00Z'),
    ]);
    expect((await scheduler.apply([office], context))[0]?.change).toBe('unchanged');
    expect((await scheduler.apply([{ ...office, description: 'other' }], context))[0]?.change).toBe('updated');
    expect((await scheduler.remove(['office', 'never-was'], context)).map(({ change }) => change)).toEqual([
      'removed',
      'removed',
    ]);
    expect([existsSync(path), loaded.size]).toEqual([false, 0]);
    expect(calls.some((call) => /^(un)?load\b/.test(call))).toBe(false);
  });

  it.each(kindsOfSchedules)('of "%s" is installed, known again, and fires at each of its slots', async (text) => {
    expect(await installedKind(scheduler, text, context)).toEqual(wellInstalled);
  });

  it('is tried again while launchd still ends the old one', async () => {
    bootstrapCodes = [5, 37];
    expect((await scheduler.apply([office], context))[0]?.change).toBe('installed');
    bootstrapCodes = [125];
    expect((await scheduler.apply([groupOf('0 1 * * *', 'UTC', 'other')], context))[0]?.error?.code).toBe(
      'os/launchd-refused',
    );
  });

  it('is listed as drifted, stale, foreign or legacy', async () => {
    await scheduler.apply([office], context);
    const states = async () => (await scheduler.list([office], context)).map(({ state }) => state);
    expect(await states()).toEqual(['installed']);
    expect((await scheduler.list([], context))[0]?.detail).toBe('No group uses this entry.');
    loaded.clear();
    expect(await states()).toEqual(['drifted']);
    writeFileSync(agentPath('office', context), '<plist version="1.0"><dict/></plist>');
    expect(await states()).toEqual(['foreign']);
    expect((await scheduler.apply([office], context))[0]?.error?.code).toBe('os/foreign-entry');
    expect((await scheduler.remove(['office'], context))[0]?.error?.code).toBe('os/foreign-entry');
    writeFileSync(join(agentDirectory(context.homeDir), 'com.portel.ncp.job.daily-9am.plist'), '');
    expect(await scheduler.list([], context)).toMatchObject([
      { state: 'legacy', timingId: 'daily-9am' },
      { state: 'foreign' },
    ]);
  });

  it('that started this process is changed and removed once the process has ended, by a shell that outlives it', async () => {
    await scheduler.apply([office], context);
    const path = agentPath('office', context);
    const label = readAgentFile(readFileSync(path, 'utf8'))?.Label ?? '';
    const started: (readonly string[])[] = [];
    const launchctl = new Launchctl(run, 501, (file, words) => started.push([file, ...words]));
    const inItsRun = new LaunchdScheduler(launchctl, label);
    calls = [];
    const changed = { ...office, description: 'other' };
    expect((await inItsRun.apply([changed], context))[0]).toMatchObject({ change: 'updated' });
    expect(readFileSync(path, 'utf8')).toContain('other');
    expect((await inItsRun.remove(['office'], context))[0]).toMatchObject({ change: 'removed' });
    expect(calls.filter((call) => /^boot/.test(call))).toEqual([]);
    expect(started.map((words) => words.slice(4))).toEqual(
      Array(2).fill([String(process.pid), `gui/501/${label}`, path, 'gui/501']),
    );
  });

  it.skipIf(onWindows).each([
    ['unloads and loads', true, ['bootout gui/501/label', 'bootstrap gui/501']],
    ['only unloads', false, ['bootout gui/501/label']],
  ])(`%s after the end of its run (file there: %s)${onWindows}`, (_, isThere, expected) => {
    const [path, log] = ['agent.plist', 'log'].map((name) => join(context.homeDir, name)) as [string, string];
    if (isThere) writeFileSync(path, '');
    writeFileSync(join(context.homeDir, 'launchctl'), `#!/bin/sh\necho "$1 $2" >> "${log}"\n`, { mode: 0o755 });
    const ended = spawnSync('true').pid;
    const env = { PATH: `${context.homeDir}:${process.env['PATH'] ?? ''}` };
    const start = (file: string, words: readonly string[]) => void spawnSync(file, words, { env });
    new Launchctl(run, 501, start).reloadAfter(ended, 'label', path);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toEqual(expected);
  });

  it('of ncp is unloaded and moved aside on request, whatever else is installed', async () => {
    const directory = agentDirectory(context.homeDir);
    await scheduler.apply([office], context);
    for (const id of ['job-001', 'other']) writeFileSync(join(directory, `com.portel.ncp.job.${id}.plist`), '<old/>');
    expect(await scheduler.removeLegacy(['job-001'], context)).toMatchObject([{ change: 'removed' }]);
    expect((await scheduler.list([office], context)).map(({ timingId, state }) => [timingId, state])).toEqual([
      ['other', 'legacy'],
      ['office', 'installed'],
    ]);
    expect(readFileSync(join(directory, 'com.portel.ncp.job.job-001.plist.replaced'), 'utf8')).toBe('<old/>');
  });

  it('can hold hostile text', () => {
    const hostile = { ...context, command: ['/Apps/a <b> & "c"/x'], env: { ODD: '<&>"' } };
    const group = { ...office, description: '</string><key>RunAtLoad</key>\u0000\ud800' };
    const file = readAgentFile(translateToLaunchd(group, hostile).artifacts[0]?.content ?? '');
    expect(file?.ProgramArguments).toEqual(['/Apps/a <b> & "c"/x', '_timing-run', 'office']);
  });
});
