import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { openDatabase } from '../../storage/ledger/sqlite.ts';
import { rowsOf } from '../../storage/other-database.ts';
import { agentJobs } from '../others/agent-jobs.ts';
import { context, keys } from '../testing/readings.ts';
import { readAgentSchedules } from './read-schedules.ts';
import { createAgentSchedules } from './schedule-switches.ts';

type Row = readonly [id: string, type: string, work: string, schedule: string, enabled?: number];

/** Writes a home folder with these tasks, in the tables that mcp-cron makes. */
function homeWith(tasks: readonly Row[]) {
  const homeDir = temporaryDir();
  const path = join(homeDir, '.mcp-cron', 'results.db');
  mkdirSync(dirname(path));
  const database = openDatabase(path);
  database.exec(`PRAGMA journal_mode = WAL; CREATE TABLE tasks (id TEXT PRIMARY KEY, name TEXT, description TEXT,
    type TEXT, command TEXT, prompt TEXT, schedule TEXT, enabled INTEGER, created_at TEXT, updated_at TEXT, next_run TEXT)`);
  const add = database.prepare('INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const [id, type, work, schedule, enabled = 1] of tasks) {
    const [command, prompt] = type === 'AI' ? ['', work] : [work, ''];
    const at = '2026-11-20T10:00:00.5+01:00';
    add.run(id, `Task ${id}`, 'What it does', type, command, prompt, schedule, enabled, at, at, at);
  }
  database.close();
  const person = { platform: 'linux', homeDir, env: {}, rows: rowsOf } as const;
  return { path, person, reading: readAgentSchedules(person, context) };
}
const shell = 'shell_command';

it('commands are imported, and AI tasks and what a task cannot say are listed with the reason', () => {
  const { reading } = homeWith([
    ['a', shell, 'backup ~', '0 30 7 * * MON-FRI'],
    ['b', shell, 'df', '@every 1h30m'],
    ['c', shell, 'df', 'CRON_TZ=Asia/Tokyo 0 9 * * *', 0],
    ['d', 'AI', 'Sum up', '0 9 * * *'],
    ['e', shell, 'df', '*/10 * * * * *'],
    ['f', shell, 'df', ''],
    ['g', shell, 'df', '@every 90s'],
  ]);
  expect(reading.notes).toEqual([]);
  expect(reading.tasks.map((task) => [task.source, ...keys(task)])).toEqual([
    ['mcp-cron: a', '30 7 * * 1-5 Europe/Berlin'],
    ['mcp-cron: b', 'every 90m + 0 Europe/Berlin'],
    ['mcp-cron: c', '0 9 * * * Asia/Tokyo'],
  ]);
  expect(reading.tasks[0]).toMatchObject({
    ...{ name: 'Task a', description: 'What it does', tool: 'shell:run' },
    ...{ parameters: { command: 'backup ~', shell: 'sh' }, policies: { timeoutMs: 600_000 } },
  });
  expect(reading.tasks[2]?.notes[0]).toBe('It is switched off in mcp-cron.');
  expect(reading.refused.map(({ source, reason }) => [source, reason])).toEqual([
    ['mcp-cron: d', expect.stringMatching(/^It gives its prompt to a model through an API, without an agent/)],
    ['mcp-cron: e', expect.stringContaining('names seconds')],
    ['mcp-cron: f', expect.stringMatching(/^It has no schedule/)],
    ['mcp-cron: g', 'It runs every 90s. A task runs every so many whole minutes.'],
  ]);
});

it('nothing is switched off in its database', async () => {
  const { path, person, reading } = homeWith([['a', shell, 'df', '0 9 * * *']]);
  const before = readFileSync(path);
  expect(JSON.parse(reading.original ?? '')).toEqual({});
  const switches = createAgentSchedules({ person, backupDir: temporaryDir() });
  await expect(switches.switchOff(['mcp-cron: a'], reading.original ?? '', 'm1')).rejects.toThrow(
    'nothing was switched',
  );
  expect(readFileSync(path)).toEqual(before);
});

it('its tasks are among those of the machine', () => {
  const { person } = homeWith([
    ['a', shell, 'df\nsecond', '0 9 * * *'],
    ['d', 'AI', 'Sum up', '0 9 * * *'],
  ]);
  expect(agentJobs(person, context).jobs).toMatchObject([
    { source: 'mcp-cron: a', command: 'df', written: '0 9 * * *' },
    { source: 'mcp-cron: d', command: null, trigger: expect.stringContaining('without an agent') as string },
  ]);
});

it('a file that is no database is named, and hides nothing else', () => {
  const { path, person } = homeWith([]);
  writeFileSync(path, 'not a database');
  expect(readAgentSchedules(person, context).notes).toEqual([
    expect.stringMatching(/results\.db \(mcp-cron\) cannot be read: file is not a database/),
  ]);
});

it('a database that its program holds is named soon, and does not stop this process', () => {
  const { path, person } = homeWith([['a', shell, 'df', '0 9 * * *']]);
  const writer = openDatabase(path);
  onTestFinished(() => writer.close());
  writer.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  const startMs = performance.now();
  expect(readAgentSchedules(person, context).notes).toEqual([
    expect.stringMatching(/results\.db \(mcp-cron\) cannot be read: database is locked/),
  ]);
  expect(performance.now() - startMs).toBeLessThan(5000);
});

const onWindows = process.platform === 'win32' ? ' (Windows has no such files)' : '';
it.skipIf(onWindows).each(['', '-wal', '-shm', '-journal'])(
  `a named pipe in the place of results.db%s is named, and never opened${onWindows}`,
  (suffix) => {
    const { path, person } = homeWith([['a', shell, 'df', '0 9 * * *']]);
    rmSync(path + suffix, { force: true });
    execFileSync('mkfifo', [path + suffix]);
    expect(readAgentSchedules(person, context).notes).toEqual([
      expect.stringMatching(/results\.db \(mcp-cron\) cannot be read: it is a named pipe, not a file/),
    ]);
  },
);
