import { createStore } from 'zustand/vanilla';
import type { TaskSketch } from '../../main/contract/pasted-task.ts';
import type { Route } from './route.ts';

/** The purpose of the task dialog. */
export type EditorPurpose =
  | { kind: 'new'; schedule?: string; sketch?: TaskSketch }
  | { kind: 'edit'; taskId: string }
  | { kind: 'duplicate'; taskId: string };

/** A request to move a task to another group; `timingId` is null until a group is chosen. */
export interface MoveRequest {
  taskId: string;
  timingId: string | null;
}

/** The dialogs for the history and the backups. */
export type HistoryDialogTarget = { kind: 'history'; taskId: string; name: string } | { kind: 'backups' };

export interface NavigationState {
  route: Route;
  editor: EditorPurpose | null;
  history: HistoryDialogTarget | null;
  paletteOpen: boolean;
  quickAddOpen: boolean;
  shortcutsOpen: boolean;
  /** Whether the dialog that connects an agent is open. */
  connectOpen: boolean;
  /** The label of a section or row of the settings to show; null once it is shown. */
  setting: string | null;
  move: MoveRequest | null;
  /** The task whose missed slots the person is about to run. */
  backfillTaskId: string | null;
  /** The task that the person is about to pause, with an end or a note. */
  pauseTaskId: string | null;
  entriesOpen: boolean;
  /** The step of the tour that is shown, from 0, and whether the person asked for it; null if it is closed. */
  tour: { step: number; isAsked: boolean } | null;
  /** The dialog of the recipes, if it is open: the recipe to begin with, or null for the list. */
  recipe: { name: string | null } | null;
  /** The proposal that is open for review. */
  proposalId: string | null;
}

export const createNavigationStore = (route: Route) =>
  createStore<NavigationState>(() => ({
    route,
    editor: null,
    history: null,
    paletteOpen: false,
    quickAddOpen: false,
    shortcutsOpen: false,
    connectOpen: false,
    setting: null,
    move: null,
    backfillTaskId: null,
    pauseTaskId: null,
    entriesOpen: false,
    recipe: null,
    tour: null,
    proposalId: null,
  }));
export type NavigationStore = ReturnType<typeof createNavigationStore>;
