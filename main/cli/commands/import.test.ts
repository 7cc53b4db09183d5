import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportDocumentSchema } from '../../contract/transfer.ts';
import type { ExportDocument } from '../../contract/transfer.ts';
import { cliFor, runJson } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let here: MemoryApplication;
let there: MemoryApplication;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-transfer-'));
  here = memoryApplication();
  there = memoryApplication('2026-11-24T08:00:00.000Z');
});
afterEach(() => {
  here.dispose();
  there.dispose();
  rmSync(folder, { recursive: true });
});
const from = cliFor(() => here);
const to = cliFor(() => there);
const file = (name = 'all.json') => join(folder, name);

async function exported(...options: string[]): Promise<ExportDocument> {
  await from.ok('export', '--out', file(), '--force', ...options);
  return exportDocumentSchema.parse(JSON.parse(readFileSync(file(), 'utf8')));
}

const byName = (application: MemoryApplication) =>
  Object.fromEntries(Object.values(application.store.read().tasks).map((task) => [task.name, task]));

describe('import', () => {
  it('moves everything to another machine: tasks, groups, names, counts and settings', async () => {
    await from.create('Backup', 'true', '--timeout', '90s', '--tag', 'night', '--retries', '2');
    await from.create('Report', 'true', '--after', 'Backup:success', '--timezone', 'Asia/Tokyo', '--paused');
    here.store.update((draft) => {
      const [group] = Object.values(draft.timings);
      if (group !== undefined) group.name = 'Mornings';
    });
    here.settings.update({ maxExecutionAgeDays: 3, mcpServers: { files: { command: 'server' } } });
    await from.ok('trigger', 'Backup');
    await exported();
    const { changes, warnings } = await to.ok('import', file(), '--keep-active');
    expect(changes.map(({ what, name, action }) => `${action} ${what} ${name}`).sort()).toEqual([
      'add server files',
      'add setting maxExecutionAgeDays',
      'add task Backup',
      'add task Report',
      'skip setting maxExecutionsPerJob',
    ]);
    expect(warnings).toEqual([]);
    const withoutTime = (application: MemoryApplication) => {
      const { tasks, timings } = structuredClone(application.store.read());
      for (const task of Object.values(tasks)) delete task.armedAt;
      return { tasks, timings };
    };
    expect(withoutTime(there)).toEqual(withoutTime(here));
    expect(there.settings.read()).toMatchObject({
      maxExecutionAgeDays: 3,
      mcpServers: { files: { command: 'server' } },
    });
    expect((await to.ok('get', 'Backup')).task.executionCount).toBe(1);
    expect(there.os.installed.size).toBe(1);
    const { Backup } = byName(there);
    expect(there.ledger.auditTrail(Backup?.id ?? '')).toMatchObject([
      { author: 'cli', action: 'task.import', before: null, after: { name: 'Backup' } },
    ]);
  });

  it('reads standard input for -, an export or a crontab, and says what is wrong with another text', async () => {
    await from.create('Backup');
    const input = JSON.stringify(await exported());
    const fromInput = (text: string, ...more: string[]) => runJson(there, ['import', '-', ...more], { input: text });
    expect(await fromInput(input)).toMatchObject({ code: 0, answer: { kind: 'ncp-scheduler' } });
    expect(await fromInput('0 1 * * * nightly\n')).toMatchObject({ code: 0, answer: { kind: 'crontab' } });
    expect(Object.keys(byName(there)).sort()).toEqual(['Backup', 'nightly']);
    expect(await fromInput('what is this?')).toMatchObject({
      code: 2,
      answer: {
        error: { code: 'usage/import-unknown-kind', message: expect.stringContaining('Standard input') as string },
      },
    });
  });

  it('changes nothing in a dry run, and then makes the same changes', async () => {
    await from.create('Backup');
    await exported();
    const planned = await to.ok('import', file(), '--dry-run');
    expect(there.store.read().tasks).toEqual({});
    expect(planned).toMatchObject({ dryRun: true, importId: null });
    const { changes } = await to.ok('import', file());
    expect(changes).toEqual(planned.changes);
  });

  it('skips what exists already: a second import changes nothing', async () => {
    await from.create('Backup');
    await exported();
    await to.ok('import', file());
    const before = structuredClone(there.store.read());
    const { changes, importId } = await to.ok('import', file());
    expect(changes.filter(({ what }) => what === 'task')).toMatchObject([
      { action: 'skip', reason: 'The same task already exists.' },
    ]);
    expect(importId).toBeNull();
    expect(there.store.read()).toEqual(before);
  });

  it('adds a task with a taken name under a new name, paused', async () => {
    await from.create('Backup', 'new');
    await to.create('Backup', 'old');
    await exported();
    const { changes } = await to.ok('import', file());
    expect(changes[0]).toMatchObject({
      name: 'Backup',
      action: 'add',
      choices: ['add', 'replace', 'skip'],
      paused: true,
    });
    expect(byName(there)).toMatchObject({
      Backup: { parameters: { command: 'old' }, status: 'active' },
      'Backup (imported)': { parameters: { command: 'new' }, status: 'paused' },
    });
  });

  it('replaces or skips by policy, or by a decision for one task', async () => {
    for (const name of ['A', 'B']) {
      await from.create(name, 'new');
      await to.create(name, 'old');
    }
    await exported();
    const ids = Object.keys(there.store.read().tasks);
    await to.ok('import', file(), '--skip');
    expect(byName(there)).toMatchObject({
      A: { parameters: { command: 'old' } },
      B: { parameters: { command: 'old' } },
    });
    const { changes } = await to.ok('import', file(), '--replace', '--decide', 'b=skip', '--keep-active');
    expect(changes.filter(({ what }) => what === 'task')).toMatchObject([
      { name: 'A', action: 'replace', fields: ['parameters'] },
      { name: 'B', action: 'skip' },
    ]);
    expect(byName(there)).toMatchObject({
      A: { parameters: { command: 'new' } },
      B: { parameters: { command: 'old' } },
    });
    expect(Object.keys(there.store.read().tasks)).toEqual(ids);
    const { A } = byName(there);
    expect(there.ledger.auditTrail(A?.id ?? '').at(-1)).toMatchObject({
      action: 'task.import',
      before: { parameters: { command: 'old' } },
      after: { parameters: { command: 'new' } },
    });
  });

  it('keeps two tasks of one name apart, and replaces only one of them', async () => {
    await from.create('Twin', 'one');
    await from.create('Twin', 'two');
    await to.create('Twin', 'old');
    await exported();
    await to.ok('import', file(), '--replace');
    const commands = Object.values(there.store.read().tasks).map(({ parameters }) => parameters['command']);
    expect(commands.sort()).toEqual(['one', 'two']);
  });

  it('pauses tasks that this machine cannot run, with the reason', async () => {
    await from.create('Backup', 'true', '--env', 'RESTIC_PASSWORD=hunter22');
    await from.ok('create', '--name', 'Away', '--schedule', '@daily', '--tool', 'away:list', '--skip-validation');
    await from.ok(
      'create',
      '--name',
      'Once',
      '--schedule',
      '2026-11-24T07:00:00Z',
      '--tool',
      'shell:run',
      '--params',
      '{"command":"true"}',
    );
    await from.create('Moved', 'true');
    await exported();
    await to.ok('import', file(), '--keep-active');
    expect(byName(there)).toMatchObject({
      Backup: { status: 'paused', pauseNote: expect.stringContaining('env.RESTIC_PASSWORD') as string },
      Away: { status: 'paused', pauseNote: expect.stringContaining('"away" is not a configured MCP server') as string },
      Once: { status: 'paused', pauseNote: expect.stringContaining('give it a new date') as string },
      Moved: { status: 'active' },
    });
  });

  it('fills in a secret from the same place in the existing settings', async () => {
    here.settings.update({ mcpServers: { github: { command: 'new', env: { GITHUB_TOKEN: 'abc' } } } });
    there.settings.update({ mcpServers: { github: { command: 'old', env: { GITHUB_TOKEN: 'mine' } } } });
    await exported();
    await to.ok('import', file(), '--replace');
    expect(there.settings.read().mcpServers).toEqual({ github: { command: 'new', env: { GITHUB_TOKEN: 'mine' } } });
  });

  it('keeps existing settings and those of the machine, unless --replace is given', async () => {
    here.settings.update({ defaultTimeout: 1000, osScheduler: 'cron', theme: 'dark' });
    there.settings.update({ defaultTimeout: 2000 });
    await exported();
    await to.ok('import', file(), '--no-settings');
    expect(there.settings.read()).toMatchObject({ defaultTimeout: 2000, theme: 'system' });
    await to.ok('import', file());
    expect(there.settings.read()).toMatchObject({ defaultTimeout: 2000, theme: 'dark', osScheduler: 'auto' });
    await to.ok('import', file(), '--replace');
    expect(there.settings.read()).toMatchObject({ defaultTimeout: 1000, osScheduler: 'auto' });
  });

  it('imports the valid tasks of a damaged file, and says what is wrong with the others', async () => {
    await from.create('Good');
    await from.create('Bad');
    const document = await exported();
    const { Bad } = byName(here);
    const task = document.schedule.tasks[Bad?.id ?? ''];
    if (task !== undefined) task.cronExpression = '61 * * * *';
    writeFileSync(file('bad.json'), JSON.stringify(document));
    const { changes } = await to.ok('import', file('bad.json'), '--no-settings');
    expect(changes).toMatchObject([
      { name: 'Good', action: 'add' },
      { name: 'Bad', action: 'refused', reason: expect.stringContaining('minute') as string },
    ]);
  });

  it('imports a crontab paused, with reasons, and nothing the second time', async () => {
    writeFileSync(file('crontab'), '# Backup\n30 2 * * * restic backup ~\n@reboot start\n');
    const { kind, changes, notes } = await to.ok('import', file('crontab'));
    expect({ kind, notes }).toEqual({ kind: 'crontab', notes: [expect.stringContaining('still runs them')] });
    expect(changes).toMatchObject([
      { name: 'Backup', action: 'add', source: 'line 2', runs: 'restic backup ~', paused: true },
      { name: 'start', action: 'add', source: 'line 3', paused: true },
    ]);
    expect(byName(there)).toMatchObject({
      Backup: {
        status: 'paused',
        cronExpression: '30 2 * * *',
        policies: { overlap: 'allow-all', timeoutMs: 86_400_000 },
      },
      start: { status: 'paused', timingId: 'at-startup', scheduleRule: { events: ['startup'] } },
    });
    expect(there.os.installed.size).toBe(0);
    await to.ok('resume', 'Backup');
    expect((await to.ok('import', file('crontab'))).changes[0]).toMatchObject({ action: 'skip' });
    expect((await to.ok('import', '--from-system', 'crontab')).changes).toEqual([]);
    expect(await to.fails('import')).toMatchObject({ code: 2 });
  });

  it('imports a schedule.json', async () => {
    await from.create('Backup');
    writeFileSync(file('schedule.json'), JSON.stringify(here.store.read()));
    expect((await to.ok('import', file('schedule.json'))).changes).toMatchObject([{ name: 'Backup', action: 'add' }]);
  });

  it.each([
    ['nothing', '', 'usage/import-unknown-kind'],
    ['no JSON', '{"format":', 'usage/import-unreadable'],
    ['other JSON', '{"a":1}', 'usage/import-unreadable'],
    ['a newer file', '{"format":"ncp-scheduler-export","version":9}', 'usage/import-newer'],
    ['half a file', '{"format":"ncp-scheduler-export","version":1}', 'usage/import-unreadable'],
  ])('refuses %s and changes nothing', async (_, text, code) => {
    writeFileSync(file('bad.json'), text);
    expect(await to.fails('import', file('bad.json'))).toMatchObject({ code: 2, error: { code } });
    expect(readFileSync(file('bad.json'), 'utf8')).toBe(text);
    expect(there.store.read().tasks).toEqual({});
  });

  it('refuses invalid usage', async () => {
    await from.create('Backup');
    await exported();
    expect(await to.fails('import', file('none.json'))).toMatchObject({
      code: 2,
      error: { code: 'usage/import-unreadable' },
    });
    expect(await to.fails('import', file(), '--replace', '--skip')).toMatchObject({ code: 2 });
    expect(await to.fails('import', file(), '--decide', 'Nobody=skip')).toMatchObject({
      code: 2,
      error: { code: 'usage/unknown-decision' },
    });
    expect(await to.fails('import', file(), '--decide', 'Backup=perhaps')).toMatchObject({ code: 2 });
    expect(existsSync(file())).toBe(true);
  });

  it('changes no setting if the schedule cannot be written', async () => {
    here.settings.update({ defaultTimeout: 1000 });
    await from.create('Backup');
    await exported();
    there.store.setState({ state: 'read-only', message: 'It is newer.' });
    expect(await to.fails('import', file())).toMatchObject({ code: 4 });
    expect(there.settings.read().defaultTimeout).toBe(300_000);
  });
});
