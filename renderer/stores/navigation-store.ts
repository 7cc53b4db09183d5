import { createStore } from 'zustand/vanilla';
import type { Route } from './route.ts';

/** What the task dialog is for. */
export type EditorPurpose =
  { kind: 'new'; schedule?: string } | { kind: 'edit'; taskId: string } | { kind: 'duplicate'; taskId: string };

export interface NavigationState {
  route: Route;
  editor: EditorPurpose | null;
  paletteOpen: boolean;
  quickAddOpen: boolean;
}

export const createNavigationStore = (route: Route) =>
  createStore<NavigationState>(() => ({ route, editor: null, paletteOpen: false, quickAddOpen: false }));
export type NavigationStore = ReturnType<typeof createNavigationStore>;
