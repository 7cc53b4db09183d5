import type { NavigationTarget } from '../../main/contract/control.ts';
import type { EditorPurpose, HistoryDialogTarget, MoveRequest } from '../stores/navigation-store.ts';
import { routeOfTarget, taskPage } from '../stores/route.ts';
import type { Route } from '../stores/route.ts';
import type { Stores } from '../stores/stores.ts';

export type NavigationCommands = ReturnType<typeof createNavigationCommands>;

export function createNavigationCommands({ navigation }: Stores, review: (proposalId?: string) => void) {
  const go = (route: Route) => navigation.setState({ route, paletteOpen: false });
  const openEditor = (editor: EditorPurpose) => navigation.setState({ editor, paletteOpen: false });
  return {
    go,
    openEditor,
    /** Opens the settings at a section or row. @param setting its label */
    showSetting: (setting: string) => navigation.setState({ route: { view: 'settings' }, setting, paletteOpen: false }),
    settingShown: () => navigation.setState({ setting: null }),
    openHistory: (history: HistoryDialogTarget) => navigation.setState({ history, paletteOpen: false }),
    closeHistory: () => navigation.setState({ history: null }),
    /** Opens the page of a task. */
    openTask: (taskId: string) => go(taskPage(taskId)),
    closeEditor: () => navigation.setState({ editor: null }),
    /** Opens the dialog that moves a task to another group; null closes it. */
    askToMove: (move: MoveRequest | null) => navigation.setState({ move, paletteOpen: false }),
    /** Opens the dialog that runs slots of the past; null closes it. */
    askToBackfill: (backfillTaskId: string | null) => navigation.setState({ backfillTaskId, paletteOpen: false }),
    /** Opens the dialog that pauses a task until an instant or with a note; null closes it. */
    askToPause: (pauseTaskId: string | null) => navigation.setState({ pauseTaskId, paletteOpen: false }),
    /** Opens or closes the list of entries in the system scheduler. */
    setEntries: (entriesOpen: boolean) => navigation.setState({ entriesOpen, paletteOpen: false }),
    setPalette: (paletteOpen: boolean) => navigation.setState({ paletteOpen }),
    /** Shows or closes the list of all keyboard shortcuts. */
    setShortcuts: (shortcutsOpen: boolean) => navigation.setState({ shortcutsOpen, paletteOpen: false }),
    setQuickAdd: (quickAddOpen: boolean) => navigation.setState({ quickAddOpen, paletteOpen: false }),
    /** Opens the dialog that connects an agent. */
    setConnect: (connectOpen: boolean) => navigation.setState({ connectOpen, paletteOpen: false }),
    /** Navigates to the target of a notification, the tray or a second launch. */
    follow: (target: NavigationTarget) => {
      const route = routeOfTarget(target);
      if (route) go(route);
      else if (target.view === 'proposal') review(target.proposalId);
      else if (target.view === 'task') go(taskPage(target.taskId));
      else if (target.view === 'new-task') openEditor({ kind: 'new' });
      else navigation.setState({ quickAddOpen: true });
    },
  };
}
