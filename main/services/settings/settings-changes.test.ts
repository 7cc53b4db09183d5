import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryOperations } from '../../application/operations.ts';
import { changeFilterSchema, type Change } from '../../contract/history.ts';
import type { Settings } from '../../contract/settings.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
let history: HistoryOperations;
beforeEach(async () => {
  application = memoryApplication();
  history = await application.history();
});
afterEach(() => application.dispose());

const change = async (fields: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings> =>
  (await application.settingsChanges()).update(fields, 'window');
const changes = (): Change[] => history.list(changeFilterSchema.parse({}));
const undoLatest = () => history.undo(changes()[0]?.id ?? 0, 'window');
const server = { command: 'npx', args: ['files'] };

it('records who changed which settings, with old and new values', async () => {
  await change({ theme: 'dark', warmWorkers: 9 });
  expect(changes()).toMatchObject([
    {
      author: 'window',
      action: 'settings.change',
      kind: 'changed',
      taskId: null,
      obstacle: null,
      differences: [
        { field: 'theme', before: 'system', after: 'dark' },
        { field: 'warmWorkers', before: 4, after: 9 },
      ],
    },
  ]);
});

it('records nothing if every value is as before', async () => {
  await change({ theme: 'system' });
  expect(changes()).toEqual([]);
});

it('does not record that the tour was seen: nobody would undo that', async () => {
  expect(await change({ tourSeen: true })).toMatchObject({ tourSeen: true });
  expect(changes()).toEqual([]);
  await change({ tourSeen: false, theme: 'dark' });
  expect(changes()).toMatchObject([{ differences: [{ field: 'theme' }] }]);
});

it('can be undone, and the undo too', async () => {
  await change({ theme: 'dark' });
  await undoLatest();
  expect(application.settings.read().theme).toBe('system');
  await undoLatest();
  expect(application.settings.read().theme).toBe('dark');
});

it('restores a limit that was cleared, and clears one that was set', async () => {
  await change({ concurrencyLimit: 3 });
  await change({ concurrencyLimit: undefined });
  await undoLatest();
  expect(application.settings.read().concurrencyLimit).toBe(3);
  await history.undo(changes().at(-1)?.id ?? 0, 'window');
  expect(application.settings.read().concurrencyLimit).toBeUndefined();
});

it('shows a change of one MCP server without the others, and restores a removed one', async () => {
  await change({ mcpServers: { files: server, other: { command: 'other' } } });
  await change({ mcpServers: { other: { command: 'other' } } });
  expect(changes()[0]?.differences).toEqual([{ field: 'mcpServers.files', before: server, after: null }]);
  await undoLatest();
  expect(application.settings.read().mcpServers).toEqual({ files: server, other: { command: 'other' } });
});

it('shows only the parts that changed of what consists of parts', async () => {
  const { agents, alerts } = application.settings.read();
  const channel = { kind: 'command' as const, command: ['notify'] };
  await change({ alerts: { ...alerts, channels: { phone: channel } }, agents: { ...agents, maxTasks: 9 } });
  await change({ alerts: { ...alerts, channels: { phone: channel, desk: channel } } });
  expect(changes().map(({ differences }) => differences)).toEqual([
    [{ field: 'alerts.channels.desk', before: null, after: channel }],
    [
      { field: 'agents.maxTasks', before: 50, after: 9 },
      { field: 'alerts.channels.phone', before: null, after: channel },
    ],
  ]);
});

it('never records a password, and says that it cannot be restored', async () => {
  const withToken = (token: string) => ({ mcpServers: { github: { ...server, env: { GITHUB_TOKEN: token } } } });
  await change(withToken('ghp_0123456789012345678901234567'));
  await change(withToken('ghp_9999999999999999999999999999'));
  expect(JSON.stringify(application.ledger.changes({}, 10))).not.toContain('ghp_');
  expect(changes()[0]?.obstacle).toContain('Only passwords changed');
  await change({ mcpServers: {} });
  expect(changes()[0]?.obstacle).toContain('The earlier passwords of the MCP server github were not recorded');
});
