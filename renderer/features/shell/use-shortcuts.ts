import { useEffect } from 'react';
import { useCommands } from '../../session-context.tsx';
import type { Route } from '../../stores/route.ts';

const routesByDigit: Readonly<Record<string, Route>> = {
  '1': { view: 'overview' },
  '2': { view: 'groups' },
  '3': { view: 'executions' },
  '4': { view: 'timeline' },
  '5': { view: 'settings' },
  '6': { view: 'activity' },
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Text fields have an undo of their own. */
const isUndo = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) &&
  !event.altKey &&
  !event.shiftKey &&
  event.key.toLowerCase() === 'z' &&
  !isTyping(event.target);

/**
 * Handles the shortcuts of the window: Ctrl/Cmd with K, N, comma, Z and 1 to 6, and `/` for the search box of the view.
 */
export function useShortcuts(): void {
  const { navigation, history } = useCommands();
  useEffect(() => {
    const withModifier = (key: string): (() => void) | null => {
      const route = routesByDigit[key];
      if (route) return () => navigation.go(route);
      if (key === 'k') return () => navigation.setPalette(true);
      if (key === 'n') return () => navigation.openEditor({ kind: 'new' });
      if (key === ',') return () => navigation.go({ view: 'settings' });
      return null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const plain = !event.altKey && !event.shiftKey;
      const action = plain && (event.ctrlKey || event.metaKey) ? withModifier(event.key.toLowerCase()) : null;
      const search = document.querySelector('main input[data-search]');
      if (action) {
        event.preventDefault();
        // Only the palette may open over a dialog, so that nothing typed in the dialog is lost.
        if (event.key.toLowerCase() === 'k' || !document.querySelector('[role="dialog"]')) action();
      } else if (isUndo(event) && !document.querySelector('[role="dialog"]')) {
        event.preventDefault();
        if (!event.repeat) void history.undoLast();
      } else if (event.key === '/' && !isTyping(event.target) && search instanceof HTMLElement) {
        event.preventDefault();
        search.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigation, history]);
}
