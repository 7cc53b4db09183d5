import type { McpServer, Settings } from '../contract/settings.ts';

/** `config.json`. */
export interface SettingsStore {
  readonly path: string;
  /**
   * A missing file is all defaults. While an edit made the file unreadable, what was read before it still counts.
   * @throws SchedulerError `store/config-unreadable` where nothing was read before.
   */
  read(): Settings;
  /** Why the file on disk is not used, with line and reason, or null. */
  problem(): string | null;
  /**
   * Merges, checks and writes atomically; an unreadable file is never written over. A field that is undefined goes back
   * to its default.
   * @throws SchedulerError `usage/settings`, `store/config-unreadable`, `store/read-only`, `store/disk-full`.
   */
  update(change: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings;
  /**
   * The servers of `config.json`, then those of NCP's own profile (`~/.ncp/profiles/all.json`) it does not name.
   * @throws SchedulerError `store/profile-unreadable`, `store/config-unreadable`.
   */
  mcpServers(): Record<string, McpServer>;
  watch(listener: () => void): () => void;
}
