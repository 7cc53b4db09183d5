import { expect, it } from 'vitest';
import type { SettingsStore } from '../../ports/settings-store.ts';

/** Checks what every `SettingsStore` must do. `open` gets the servers of NCP's profile. */
export function settingsContract(open: (profileServers: Record<string, { command: string }>) => SettingsStore): void {
  it('is all defaults at first', () => {
    expect(open({}).read()).toMatchObject({
      maxExecutionsPerJob: 100,
      maxExecutionAgeDays: 14,
      defaultTimeout: 300_000,
      osScheduler: 'auto',
      mcpServers: {},
    });
  });

  it('merges a change, and keeps unknown fields', () => {
    const settings = open({});
    settings.update({ maxExecutionsPerJob: 7, future: { a: 1 } });
    expect(settings.update({ theme: 'dark' })).toMatchObject({ maxExecutionsPerJob: 7, theme: 'dark' });
    expect(settings.read()).toMatchObject({ maxExecutionsPerJob: 7, theme: 'dark', future: { a: 1 } });
  });

  it('restores the default of a field that is set to undefined, but of no other', () => {
    const settings = open({});
    settings.update({ concurrencyLimit: 3, maxExecutionsPerJob: 7, theme: 'dark' });
    const updated = settings.update({ concurrencyLimit: undefined, maxExecutionsPerJob: undefined });
    expect(updated).toMatchObject({ maxExecutionsPerJob: 100, theme: 'dark' });
    expect(settings.read().concurrencyLimit).toBeUndefined();
    expect(settings.read()).toEqual(updated);
  });

  it('refuses an invalid value by name, and changes nothing', () => {
    const settings = open({});
    expect(() => settings.update({ maxExecutionsPerJob: 0 })).toThrow(
      expect.objectContaining({ code: 'usage/settings' }),
    );
    expect(settings.read().maxExecutionsPerJob).toBe(100);
    expect(settings.problem()).toBeNull();
  });

  it('lists its own servers before those of the profile', () => {
    const settings = open({ files: { command: 'theirs' }, mail: { command: 'mail' } });
    settings.update({ mcpServers: { files: { command: 'ours' } } });
    expect(settings.mcpServers()).toEqual({ files: { command: 'ours' }, mail: { command: 'mail' } });
  });

  it('tells its watchers of its own writes before anything else happens, until they stop', async () => {
    const settings = open({});
    let calls = 0;
    const stop = settings.watch(() => {
      calls += 1;
    });
    settings.update({ theme: 'light' });
    await Promise.resolve();
    expect(calls).toBe(1);
    stop();
    settings.update({ theme: 'dark' });
    await Promise.resolve();
    expect(calls).toBe(1);
  });
}
