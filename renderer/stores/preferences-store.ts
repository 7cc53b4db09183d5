import { createStore } from 'zustand/vanilla';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { StateStorage } from 'zustand/middleware';
import type { ExecutionQuery } from './execution-list.ts';
import { firstView } from './task-list/list-view.ts';
import type { SavedView, TaskListView } from './task-list/list-view.ts';

export const textSizes = ['small', 'normal', 'large', 'larger'] as const;
export type TextSize = (typeof textSizes)[number];

/** What this window remembers across restarts. None of it affects what runs. */
export interface PreferencesState {
  /** The last known theme, for the first paint before the settings arrive. */
  theme: 'system' | 'light' | 'dark';
  textSize: TextSize;
  logWrap: boolean;
  logTimes: boolean;
  /** Groups whose tasks are collapsed. */
  foldedGroups: readonly string[];
  taskList: TaskListView;
  savedViews: readonly SavedView[];
  executionQuery: ExecutionQuery;
  /** Failures that started at or before this instant were marked as seen. */
  failuresSeenAt: string | null;
  /** Missed slots that were recorded at or before this instant were dismissed. */
  missedSeenAt: string | null;
  /** Ids of the palette's entries that were used last, the last one first. */
  recentEntries: readonly string[];
  /** The person has read what a pipeline does with failures. */
  pipeHintRead: boolean;
  /** Trouble of the ledger that was noticed at or before this instant was dismissed. */
  ledgerTroubleSeenAt: string | null;
  /** The version whose notes the person was offered; null before the first start. */
  versionSeen: string | null;
  /** Unsaved drafts of the task dialog, by purpose. */
  drafts: Readonly<Record<string, unknown>>;
}

/** @param machine has preferences and drafts of its own; null for this machine */
export const createPreferencesStore = (storage: StateStorage, machine: string | null = null) =>
  createStore<PreferencesState>()(
    persist(
      (): PreferencesState => ({
        theme: 'system',
        textSize: 'normal',
        logWrap: true,
        logTimes: true,
        foldedGroups: [],
        taskList: firstView,
        savedViews: [],
        executionQuery: {},
        failuresSeenAt: null,
        missedSeenAt: null,
        recentEntries: [],
        pipeHintRead: false,
        ledgerTroubleSeenAt: null,
        versionSeen: null,
        drafts: {},
      }),
      {
        name: machine === null ? 'preferences' : `preferences of ${machine}`,
        version: 1,
        storage: createJSONStorage(() => storage),
      },
    ),
  );
export type PreferencesStore = ReturnType<typeof createPreferencesStore>;
