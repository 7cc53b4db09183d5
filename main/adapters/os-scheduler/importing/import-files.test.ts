import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SchedulerError } from '../../../domain/errors.ts';
import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { mutated } from '../../../testing/mutated-text.ts';
import { runsOf } from '../../../testing/property-runs.ts';
import { agentSample, crontabSample, serviceSample, taskSample, timerSample } from '../testing/foreign-samples.ts';
import { noAgents } from '../testing/readings.ts';
import { utf16 } from '../windows/schtasks.ts';
import { createImportFiles, kindOf } from './import-files.ts';
import { bothDays, everyDay, everyMonth, expressionsOf } from '../reading/rules.ts';

const context = {
  nowMs: Date.parse('2026-11-25T12:00:00Z'),
  timezone: 'Europe/Berlin',
  homeDir: '/home/kim',
  username: 'kim',
};
const keys = ({ schedules }: ReadTask) => schedules.map(scheduleKey);

describe('times', () => {
  const at = (minutes: number[], hours: number[], days = everyDay) => ({ minutes, hours, months: everyMonth, days });
  const canonical = (...rules: ReturnType<typeof at>[]) => expressionsOf(rules)?.map((cron) => cron.canonical) ?? null;

  it('are joined if one expression can hold them, and never fire twice in a minute', () => {
    expect(canonical(at([0], [9]), at([30], [9]), at([0], [10]), at([30], [10]))).toEqual(['*/30 9,10 * * *']);
    expect(canonical(at([0], [9]), at([30], [10]))).toEqual(['0 9 * * *', '30 10 * * *']);
    expect(canonical(at([0, 30], [9]), at([0], [9, 10, 11]))).toEqual(['30 9 * * *', '0 9-11 * * *']);
    expect(canonical(at([0, 30], [9, 12]), at([0, 15], [9, 10]))).toBeNull();
  });

  it('that need a weekday and a day of the month are only supported for whole weeks', () => {
    expect(bothDays([1, 2, 3, 4, 5, 6, 7], [1])?.nthWeekdays).toEqual([{ weekday: 1, nth: 1 }]);
    expect(bothDays([1, 3], [1]).exact).toMatchObject({ monthDays: [1, 3], weekdays: [1], both: true });
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ncp-foreign-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const files = createImportFiles({
    context: () => context,
    crontab: () => Promise.resolve(crontabSample),
    windowsTasks: () => Promise.resolve(new Map([['\\Backup', taskSample]])),
    agentSchedules: noAgents,
    serverFiles: () => [{ path: '/home/kim/claude.json', text: '{}' }],
  });
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it('are recognised by their content', () => {
    const samples = [
      crontabSample,
      timerSample,
      agentSample,
      taskSample,
      '{"format":1}',
      '{"mcpServers":{}}',
      'hello world',
    ];
    expect(samples.map(kindOf)).toEqual([
      'crontab',
      'systemd',
      'launchd',
      'windows',
      'ncp-scheduler',
      'mcp-servers',
      null,
    ]);
    expect(kindOf('{"mcpServers":{},"tasks":{}}')).toBe('ncp-scheduler');
    expect(kindOf('@reboot a\n')).toBe('crontab');
    expect(kindOf('The quick brown fox jumps over it\n')).toBeNull();
  });

  it('of VS Code are read with their comments and trailing commas', async () => {
    const text = '// My servers\n{ /* none */ "servers": { "a": { "command": "x", }, }, }';
    expect(kindOf(text)).toBe('mcp-servers');
    const path = write('mcp.json', text);
    const plain = { path, text: '{"servers":{"a":{"command":"x"}}}' };
    expect(await files.read(path, null)).toEqual({ kind: 'mcp-servers', files: [plain] });
  });

  it('are read in UTF-8 and UTF-16, and a timer with the service beside it', async () => {
    for (const bytes of [Buffer.from(taskSample), utf16(taskSample), Buffer.from(utf16(taskSample)).swap16()]) {
      expect(await files.read(write('task.xml', bytes), null)).toMatchObject({
        kind: 'windows',
        tasks: [{ name: 'Backup' }],
      });
    }
    mkdirSync(join(folder, 'backup.timer.d'));
    write('backup.timer', timerSample);
    write('backup.service', serviceSample);
    write(join('backup.timer.d', 'a.conf'), '[Timer]\nOnCalendar=\nOnCalendar=hourly\n');
    for (const path of [folder, join(folder, 'backup.timer')]) {
      const reading = await files.read(path, null);
      expect(reading.kind === 'systemd' && reading.tasks.flatMap(keys)).toEqual(['0 * * * * Europe/Berlin']);
    }
  });

  it('are refused if they contain no schedule', async () => {
    await expect(files.read(write('none', 'hello'), null)).rejects.toMatchObject({ code: 'usage/import-unknown-kind' });
    await expect(files.read(join(folder, 'missing'), null)).rejects.toMatchObject({ code: 'usage/import-unreadable' });
    await expect(files.read(join(folder, 'backup.timer.d'), null)).rejects.toMatchObject({
      code: 'usage/import-unknown-kind',
    });
  });

  it('are refused if only the XML library’s validator accepts them', async () => {
    const reading = await files.read(write('task.xml', taskSample.replace('<?xml', '<?"xml')), 'windows');
    expect(reading).toMatchObject({ kind: 'windows', tasks: [], refused: { length: 1 } });
    expect(JSON.stringify(reading)).toContain('It is not valid XML');
  });

  it('of this machine are read too', async () => {
    expect(await files.installed('crontab')).toMatchObject({ kind: 'crontab', tasks: { length: 7 } });
    expect(await files.installed('windows')).toMatchObject({ kind: 'windows', tasks: [{ name: 'Backup' }] });
    const servers = [{ path: '/home/kim/claude.json', text: '{}' }];
    expect(await files.installed('mcp-servers')).toEqual({ kind: 'mcp-servers', files: servers });
  });

  it('however mutated, are read or refused cleanly, and stay unchanged', { timeout: 600_000 }, async () => {
    const samples = fc.constantFrom(
      ...([
        ['crontab', crontabSample],
        ['systemd', timerSample],
        ['systemd', serviceSample],
        ['launchd', agentSample],
        ['windows', taskSample],
      ] as const),
    );
    const mutatedSample = samples.chain(([kind, text]) => fc.tuple(fc.constant(kind), mutated(text)));
    const path = join(folder, 'fuzz.timer');
    await fc.assert(
      fc.asyncProperty(mutatedSample, fc.boolean(), async ([kind, text], byContent) => {
        writeFileSync(path, text);
        writeFileSync(join(folder, 'fuzz.service'), text);
        try {
          const reading = await files.read(path, byContent ? null : kind);
          if ('refused' in reading) for (const { reason } of reading.refused) expect(reason).not.toBe('');
        } catch (problem) {
          if (!(problem instanceof SchedulerError)) throw problem;
        }
        expect(readFileSync(path, 'utf8').length).toBe(Buffer.from(text).toString('utf8').length);
      }),
      { numRuns: runsOf(400) },
    );
  });
});
