import type { McpServer, Settings } from '../contract/settings.ts';

/** The settings in `config.json`. */
export interface SettingsStore {
  readonly path: string;
  /**
   * Returns the settings: all defaults if the file does not exist, the last valid ones while the file is unreadable.
   * @throws SchedulerError `store/config-unreadable` if it was never read successfully.
   */
  read(): Settings;
  /** Returns why the file on disk is not used, with line and reason, or null. */
  problem(): string | null;
  /**
   * Merges, checks and writes atomically; never overwrites an unreadable file. A field set to undefined returns to its
   * default.
   * @throws SchedulerError `usage/settings`, `store/config-unreadable`, `store/read-only`, `store/disk-full`.
   */
  update(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings;
  /**
   * Returns the servers of `config.json`, then those of NCP's profile (`~/.ncp/profiles/all.json`) with other names.
   * @throws SchedulerError `store/profile-unreadable`, `store/config-unreadable`.
   */
  mcpServers(): Record<string, McpServer>;
  watch(listener: () => void): () => void;
}
