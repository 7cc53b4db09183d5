import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importOptionsSchema } from '../contract/transfer.ts';
import { memoryHost } from '../testing/memory-host.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';
import { transferHandlers } from './transfer.ts';

let application: MemoryApplication;
let folder: string;
beforeEach(() => {
  application = memoryApplication();
  folder = mkdtempSync(join(tmpdir(), 'ncp-transfer-ipc-'));
});
afterEach(() => {
  application.dispose();
  rmSync(folder, { recursive: true });
});

const options = importOptionsSchema.parse({});

/** @param chosen the path that the person chooses in every dialog; null cancels the dialogs */
function handlers(chosen: string | null) {
  const choose = () => Promise.resolve(chosen);
  return transferHandlers(application, { ...memoryHost(), chooseImportFile: choose, chooseExportFile: choose });
}

describe('export and import of the window', () => {
  it('previews every change of the chosen file, applies decisions, and imports once', async () => {
    const path = join(folder, 'crontab');
    writeFileSync(path, '# One\n0 1 * * * one\n# Two\n0 2 * * * two\n');
    const calls = handlers(path);
    const { opened } = await calls['transfer.open']({});
    expect(opened).toMatchObject({ name: 'crontab', report: { kind: 'crontab', importId: null } });
    const decided = { token: opened?.token ?? '', options: { ...options, decisions: { 'line 2': 'skip' } as const } };
    const { report } = await calls['transfer.preview'](decided);
    expect(report.changes).toMatchObject([{ action: 'skip' }, { action: 'add' }]);
    expect(application.store.read().tasks).toEqual({});
    await calls['transfer.apply'](decided);
    expect(Object.values(application.store.read().tasks)).toMatchObject([{ name: 'Two' }]);
    await expect(calls['transfer.apply'](decided)).rejects.toMatchObject({ code: 'usage/import-not-open' });
  });

  it('imports what is installed on this machine without asking for a file', async () => {
    const calls = handlers(null);
    const { opened } = await calls['transfer.open']({ installed: 'mcp-servers' });
    expect(opened).toMatchObject({
      name: null,
      report: { kind: 'mcp-servers', changes: [{ what: 'server', name: 'files', action: 'add' }] },
    });
    await calls['transfer.apply']({ token: opened?.token ?? '', options });
    expect(application.settings.read().mcpServers).toEqual({ files: { command: 'npx', args: ['files'] } });
    expect((await calls['transfer.open']({ installed: 'crontab' })).opened?.report.changes).toEqual([]);
  });

  it('exports only the given tasks with their groups, without settings', async () => {
    const tasks = await application.tasks();
    const draft = { tool: 'shell:run', parameters: { command: 'true' }, schedule: 'every day at 9am' };
    const { task } = await tasks.create({ ...draft, name: 'Chosen' }, 'test');
    await tasks.create({ ...draft, name: 'Of the same group' }, 'test');
    await tasks.create({ ...draft, name: 'Other', schedule: 'every hour' }, 'test');
    application.settings.update({ mcpServers: { files: { command: 'npx' } } });
    const path = join(folder, 'some.json');
    expect(await handlers(path)['transfer.export']({ withSecrets: false, taskIds: [task.id] })).toMatchObject({
      tasks: 1,
    });
    const { schedule, settings } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
    expect(Object.keys(schedule?.['tasks'] ?? {})).toEqual([task.id]);
    expect(Object.values(schedule?.['timings'] ?? {})).toMatchObject([{ taskIds: [task.id] }]);
    expect(settings).toEqual({});
  });

  it('exports to the chosen file, which can be imported again', async () => {
    const path = join(folder, 'all.json');
    const calls = handlers(path);
    expect(await calls['transfer.export']({ withSecrets: false })).toMatchObject({ file: path, tasks: 0 });
    expect(readFileSync(path, 'utf8')).toContain('ncp-scheduler-export');
    expect((await calls['transfer.open']({})).opened?.report.kind).toBe('ncp-scheduler');
  });

  it('does nothing if the dialog is cancelled', async () => {
    const calls = handlers(null);
    expect(await calls['transfer.open']({})).toEqual({ opened: null });
    expect((await calls['transfer.export']({ withSecrets: false })).file).toBeNull();
    expect(application.store.read().tasks).toEqual({});
    expect(readdirSync(folder)).toEqual([]);
  });
});
