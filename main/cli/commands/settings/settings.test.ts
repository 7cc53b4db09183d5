import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine } from '../../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails } = cliFor(() => application);
const set = async (name: string, value: string) => (await ok('settings set', name, value)).setting;

describe('settings', () => {
  it.each([
    ['doubtfulRuns', 'fail', 'fail'],
    ['theme', 'dark', 'dark'],
    ['notifyOnFailure', 'false', false],
    ['defaultTimeout', '10m', 600_000],
    ['lateAfterMs', '90s', 90_000],
    ['credentialCheckMs', '30m', 1_800_000],
    ['longAfter', '{"factor":3}', { factor: 3 }],
  ])('set %s to %s', async (name, typed, value) => {
    expect(await set(name, typed)).toEqual({ name, value, isDefault: false });
    expect(application.settings.read()).toMatchObject({ [name]: value });
  });

  it('return to the default with none', async () => {
    await set('concurrencyLimit', '3');
    expect(await set('concurrencyLimit', 'none')).toEqual({ name: 'concurrencyLimit', value: null, isDefault: true });
  });

  it('are in the history, and can be undone', async () => {
    await set('theme', 'dark');
    expect((await ok('history')).changes).toMatchObject([{ author: 'cli', action: 'settings.change' }]);
    await ok('undo');
    expect(application.settings.read().theme).toBe('system');
  });

  it('are listed without MCP servers', async () => {
    await set('theme', 'dark');
    const { settings } = await ok('settings list');
    expect(settings).toContainEqual({ name: 'theme', value: 'dark', isDefault: false });
    expect(settings.map(({ name }) => name)).not.toContain('mcpServers');
    expect((await runLine(application, ['settings', 'list'])).stdout).toContain('theme');
  });

  it.each([
    ['theme', 'pink', 'usage/settings', 'theme'],
    ['colour', 'pink', 'usage/invalid-value', 'Settings: '],
    ['agents', '{}', 'usage/invalid-value', 'agents set'],
    ['mcpServers', '{}', 'usage/invalid-value', 'MCP servers'],
  ])('refuse %s %s', async (name, value, code, part) => {
    const { error } = await fails('settings set', name, value);
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
    expect(application.ledger.changes({}, 1)).toEqual([]);
  });
});
