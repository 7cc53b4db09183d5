import type { McpServer, Settings } from '../contract/settings.ts';

/** `config.json`. */
export interface SettingsStore {
  readonly path: string;
  /** A missing file is all defaults. @throws SchedulerError `store/config-unreadable`. */
  read(): Settings;
  /** Merges, checks and writes atomically. @throws SchedulerError `usage/settings`, `store/config-unreadable`. */
  update(change: Partial<Settings>): Settings;
  /** The servers of `config.json`, then those of NCP's own profile (`~/.ncp/profiles/all.json`) it does not name. */
  mcpServers(): Record<string, McpServer>;
  watch(listener: () => void): () => void;
}
