import { createStore } from 'zustand/vanilla';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { StateStorage } from 'zustand/middleware';
import type { ExecutionQuery } from './execution-list.ts';

export const textSizes = ['small', 'normal', 'large', 'larger'] as const;
export type TextSize = (typeof textSizes)[number];

/** What this window remembers by itself, across restarts. Nothing of it changes what runs. */
export interface PreferencesState {
  /** The theme last known, so that the first paint has it before the settings arrive. */
  theme: 'system' | 'light' | 'dark';
  textSize: TextSize;
  logWrap: boolean;
  logTimes: boolean;
  /** Groups whose tasks are folded away. */
  foldedGroups: readonly string[];
  executionQuery: ExecutionQuery;
  /** Failures that started at or before this instant were looked at. */
  failuresSeenAt: string | null;
  /** What was typed in the task dialog and not saved, by purpose. */
  drafts: Readonly<Record<string, unknown>>;
}

export const createPreferencesStore = (storage: StateStorage) =>
  createStore<PreferencesState>()(
    persist(
      (): PreferencesState => ({
        theme: 'system',
        textSize: 'normal',
        logWrap: true,
        logTimes: true,
        foldedGroups: [],
        executionQuery: {},
        failuresSeenAt: null,
        drafts: {},
      }),
      { name: 'preferences', version: 1, storage: createJSONStorage(() => storage) },
    ),
  );
export type PreferencesStore = ReturnType<typeof createPreferencesStore>;
