import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Settings } from '../../contract/settings.ts';
import { importOptionsSchema } from '../../contract/transfer.ts';
import type { ClashPolicy } from '../../contract/transfer.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
let folder: string;
beforeEach(() => {
  application = memoryApplication();
  folder = mkdtempSync(join(tmpdir(), 'ncp-undo-settings-'));
});
afterEach(() => {
  application.dispose();
  rmSync(folder, { recursive: true });
});

/** Imports these settings from an export. Returns a function that undoes the import. */
async function imported(settings: Partial<Settings>, policy: ClashPolicy = 'replace') {
  const transfer = await application.transfer();
  const { document } = transfer.exported({ withSecrets: true });
  const path = join(folder, 'export.json');
  writeFileSync(path, JSON.stringify({ ...document, settings }));
  const { importId } = await transfer.apply(
    await transfer.read(path, null),
    importOptionsSchema.parse({ policy }),
    'cli',
  );
  const history = await application.history();
  return () => history.undoAll({ batch: importId ?? '' }, 'window');
}
const token = { GITHUB_TOKEN: 'ghp_0123456789012345678901234567' };
const files = { command: 'npx', args: ['files'] };

it('restores earlier settings, and removes imported servers', async () => {
  application.settings.update({ theme: 'dark', mcpServers: { mine: files } });
  const undo = await imported({ theme: 'light', warmWorkers: 9, mcpServers: { github: { ...files, env: token } } });
  expect(application.settings.read()).toMatchObject({ theme: 'light', warmWorkers: 9 });
  const { undone, refused, changes } = await undo();
  expect({ undone: undone.length, refused }).toEqual({ undone: 1, refused: [] });
  expect(application.settings.read()).toMatchObject({ theme: 'dark', warmWorkers: 4, mcpServers: { mine: files } });
  expect(application.settings.read().mcpServers).not.toHaveProperty('github');
  expect(changes).toMatchObject([{ action: 'settings.undo', author: 'window', obstacle: null }]);
});

it('can itself be undone, except for passwords, which are not recorded', async () => {
  const undo = await imported({ theme: 'light' });
  const { changes } = await undo();
  const history = await application.history();
  await history.undo(changes[0]?.id ?? 0, 'window');
  expect(application.settings.read().theme).toBe('light');
});

it('restores a replaced server if it had no password', async () => {
  application.settings.update({ mcpServers: { files } });
  const undo = await imported({ mcpServers: { files: { command: 'other' } } });
  expect(application.settings.read().mcpServers['files']).toEqual({ command: 'other' });
  await undo();
  expect(application.settings.read().mcpServers).toEqual({ files });
});

it('never overwrites a password with a reference: such a server stays and is reported', async () => {
  application.settings.update({ mcpServers: { github: { ...files, env: token } } });
  const undo = await imported({ mcpServers: { github: { command: 'other' } } });
  const { refused } = await undo();
  expect(refused[0]?.message).toContain('The earlier passwords of the MCP server github were not recorded');
  expect(application.settings.read().mcpServers).toEqual({ github: { command: 'other' } });
  expect(JSON.stringify(application.ledger.changes({}, 100))).not.toContain('ghp_');
});

it('keeps what was changed again since, and names it', async () => {
  const undo = await imported({ theme: 'light', mcpServers: { files } });
  application.settings.update({ mcpServers: { files: { command: 'mine' } } });
  const { undone, refused } = await undo();
  expect(undone).toEqual([]);
  expect(refused[0]?.message).toContain('changed again since then: the MCP server files');
  expect(application.settings.read()).toMatchObject({ theme: 'light', mcpServers: { files: { command: 'mine' } } });
});
