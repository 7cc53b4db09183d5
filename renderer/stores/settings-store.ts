import { createStore } from 'zustand/vanilla';
import type { Tool } from '../../main/contract/tool.ts';
import type { Settings } from '../../main/contract/settings.ts';

export interface SettingsState {
  /** Null until loaded. */
  settings: Settings | null;
  failure: string | null;
  /** Null until requested, because listing tools starts the configured servers. */
  tools: readonly Tool[] | null;
  toolsFailure: string | null;
  /** Configured servers that did not answer, with the reason. */
  unavailable: readonly { server: string; message: string }[];
}

export const createSettingsStore = () =>
  createStore<SettingsState>(() => ({
    settings: null,
    failure: null,
    tools: null,
    toolsFailure: null,
    unavailable: [],
  }));
export type SettingsStore = ReturnType<typeof createSettingsStore>;
