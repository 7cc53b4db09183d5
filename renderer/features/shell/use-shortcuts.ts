import { useEffect } from 'react';
import { useCommands } from '../../session-context.tsx';
import { actionOf } from '../../shortcuts.ts';
import type { ShortcutAction } from '../../shortcuts.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const hasDialog = (): boolean => document.querySelector('[role="dialog"]') !== null;

/** Handles the shortcuts that work everywhere in the window, from the table of all shortcuts. */
export function useShortcuts(): void {
  const { navigation, history } = useCommands();
  useEffect(() => {
    const actions: Partial<Record<ShortcutAction, () => void>> = {
      palette: () => navigation.setPalette(true),
      newTask: () => navigation.openEditor({ kind: 'new' }),
      quickAdd: () => navigation.setQuickAdd(true),
      overview: () => navigation.go({ view: 'overview' }),
      groups: () => navigation.go({ view: 'groups' }),
      executions: () => navigation.go({ view: 'executions' }),
      timeline: () => navigation.go({ view: 'timeline' }),
      settings: () => navigation.go({ view: 'settings' }),
      activity: () => navigation.go({ view: 'activity' }),
      insights: () => navigation.go({ view: 'insights' }),
      undo: () => void history.undoLast(),
      goBack: () => window.history.back(),
      sheet: () => navigation.setShortcuts(true),
      search: () => searchBox()?.focus(),
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actionOf('window', event);
      const run = action === null ? undefined : actions[action];
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!run || (action === 'search' && !searchBox())) return;
      // Text fields have an undo of their own, and move the cursor with Alt.
      if ((isPlain || action === 'undo' || action === 'goBack') && isTyping(event.target)) return;
      // A sign in a dialog is not a shortcut: the dialog may have a use for it.
      if (isPlain && hasDialog()) return;
      event.preventDefault();
      // Only the palette may open over a dialog, so that nothing typed in the dialog is lost.
      if (event.repeat && action === 'undo') return;
      if (action === 'palette' || !hasDialog()) run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigation, history]);
}

function searchBox(): HTMLElement | null {
  const found = document.querySelector('main input[data-search]');
  return found instanceof HTMLElement ? found : null;
}
