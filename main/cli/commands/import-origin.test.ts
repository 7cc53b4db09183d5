import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportDocumentSchema } from '../../contract/transfer.ts';
import type { ExportDocument, ImportChange } from '../../contract/transfer.ts';
import { cliFor } from '../../testing/cli-harness.ts';
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

const only = (what: ImportChange['what'], { changes }: { changes: ImportChange[] }) =>
  changes.filter((change) => change.what === what);

const byName = (application: MemoryApplication) =>
  Object.fromEntries(Object.values(application.store.read().tasks).map((task) => [task.name, task]));

describe('a file of another machine', () => {
  const note = 'Imported from another machine. Check it, then resume it.';

  it('brings its active tasks paused, says why, and finds them again at the next import', async () => {
    await from.create('Backup');
    await from.create('Report', 'true', '--paused');
    await exported();
    const planned = await to.ok('import', file(), '--dry-run');
    expect(planned).toMatchObject({ elsewhere: true });
    expect(only('task', planned)).toMatchObject([
      { name: 'Backup', action: 'add', paused: true, notes: [note] },
      { name: 'Report', action: 'add', paused: true, notes: [] },
    ]);
    await to.ok('import', file());
    expect(byName(there)).toMatchObject({ Backup: { status: 'paused', pauseNote: note } });
    expect(there.os.installed.size).toBe(0);
    await to.ok('resume', 'Backup');
    const again = await to.ok('import', file());
    expect(only('task', again)).toMatchObject([{ action: 'skip' }, { action: 'skip' }]);
    expect(byName(there)).toMatchObject({ Backup: { status: 'active' } });
  });

  it('replaces a task by a paused one', async () => {
    await from.create('Backup', 'new');
    await to.create('Backup', 'old');
    await exported();
    await to.ok('import', file(), '--replace');
    expect(byName(there)).toMatchObject({ Backup: { parameters: { command: 'new' }, status: 'paused' } });
  });

  it('cannot bring a task that resumes by itself', async () => {
    await from.create('Backup');
    await from.ok('pause', 'Backup', '--until', 'in 2 days');
    await exported();
    const report = await to.ok('import', file());
    expect(only('task', report)).toMatchObject([
      { notes: [expect.stringContaining('stays paused until you resume it')] },
    ]);
    expect(byName(there)['Backup']).not.toHaveProperty('pausedUntil');
    expect(byName(there)).toMatchObject({ Backup: { status: 'paused' } });
  });

  it('keeps its states with --keep-active', async () => {
    await from.create('Backup');
    await exported();
    await to.ok('import', file(), '--keep-active');
    expect(byName(there)).toMatchObject({ Backup: { status: 'active' } });
  });

  it('is a schedule.json too, which names no machine', async () => {
    await from.create('Backup');
    writeFileSync(file('schedule.json'), JSON.stringify(here.store.read()));
    await from.ok('delete', 'Backup');
    await from.ok('import', file('schedule.json'));
    expect(byName(here)).toMatchObject({ Backup: { status: 'paused', pauseNote: note } });
  });

  it('says what a server of it starts, and with which variables', async () => {
    const command = { command: 'server', args: ['--all'], cwd: '/srv', env: { NODE_OPTIONS: '--require x' } };
    here.settings.update({ mcpServers: { files: command } });
    await exported();
    const planned = await to.ok('import', file(), '--dry-run');
    expect(only('server', planned)).toMatchObject([
      {
        ...{ what: 'server', runs: 'server --all' },
        notes: [
          'This program starts when you, a task or an agent asks for its tools.',
          'It starts in /srv.',
          'It gets the variables NODE_OPTIONS.',
        ],
      },
    ]);
  });
});

describe('an export of this data directory', () => {
  const restored = async (edit: (document: ExportDocument) => void) => {
    await from.create('Backup');
    const document = await exported();
    edit(document);
    writeFileSync(file(), JSON.stringify(document));
    await from.ok('delete', 'Backup');
    return from.ok('import', file());
  };

  it('keeps its states, however it is formatted', async () => {
    expect(await restored(() => undefined)).toMatchObject({ elsewhere: false });
    expect(byName(here)).toMatchObject({ Backup: { status: 'active' } });
  });

  it.each<[string, (document: ExportDocument) => void]>([
    [
      'whose command was changed',
      ({ schedule }) => {
        for (const task of Object.values(schedule.tasks)) task.parameters = { command: 'evil' };
      },
    ],
    ['that got a field', (document) => void Object.assign(document, { extra: 1 })],
    ['with a mark that somebody made up', (document) => void (document.mark = '0'.repeat(64))],
    ['without its mark', (document) => void delete document.mark],
  ])('counts as a file of another machine %s', async (_, edit) => {
    expect(await restored(edit)).toMatchObject({ elsewhere: true });
    expect(byName(here)).toMatchObject({ Backup: { status: 'paused' } });
  });

  it('is not recognized by the mark of another data directory', async () => {
    await to.create('Other');
    await to.ok('export', '--out', file('other.json'));
    await exported();
    expect(await to.ok('import', file(), '--dry-run')).toMatchObject({ elsewhere: true });
  });
});

it.each([
  ['permissions of agents', 'agents', { permission: 'allow', clients: { evil: { permission: 'allow' } } }],
  ['a setting of a later version', 'trustedAgents', ['evil']],
])('never imports %s', async (_, name, value) => {
  const document = await exported();
  document.settings[name] = value;
  writeFileSync(file(), JSON.stringify(document));
  for (const options of [[], ['--replace'], ['--keep-active'], ['--replace', '--keep-active']]) {
    const { changes } = await to.ok('import', file(), ...options);
    expect(changes.find((change) => change.name === name)).toMatchObject({ action: 'refused', choices: [] });
  }
  expect(there.settings.read()).not.toHaveProperty('trustedAgents');
  expect(there.settings.read().agents).toMatchObject({ permission: 'ask', clients: {} });
});
