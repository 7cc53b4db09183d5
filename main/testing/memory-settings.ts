import { settingsSchema } from '../contract/settings.ts';
import type { McpServer, Settings } from '../contract/settings.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { SettingsStore } from '../ports/settings-store.ts';

/**
 * Returns settings in memory.
 * @param initial settings that differ from the defaults
 * @param profileServers MCP servers of NCP's profile
 */
export function memorySettings(
  initial: Partial<Settings> = {},
  profileServers: Readonly<Record<string, McpServer>> = {},
): SettingsStore {
  let settings = settingsSchema.parse(initial);
  const listeners = new Set<() => void>();
  return {
    path: '/memory/config.json',
    read: () => settings,
    problem: () => null,
    update: (change) => {
      const checked = settingsSchema.safeParse({ ...settings, ...change });
      if (!checked.success) {
        throw new SchedulerError('usage/settings', checked.error.issues[0]?.message ?? 'invalid', {});
      }
      settings = checked.data;
      for (const listener of [...listeners]) listener();
      return settings;
    },
    mcpServers: () => ({ ...profileServers, ...settings.mcpServers }),
    watch: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
