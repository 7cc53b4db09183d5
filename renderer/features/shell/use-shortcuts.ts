import { useEffect } from 'react';
import { useCommands, useSession } from '../../session-context.tsx';
import type { Fleet } from '../../fleet.ts';
import { actionOf, digitOf } from '../../shortcuts.ts';
import type { ShortcutAction } from '../../shortcuts.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const hasDialog = (): boolean => document.querySelector('[role="dialog"]') !== null;

/** Handles the shortcuts that work everywhere in the window, from the table of all shortcuts. */
export function useShortcuts(): void {
  const { navigation, history } = useCommands();
  const { fleet } = useSession();
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
      // On Windows, AltGr reports Control and Alt, and types a character.
      if (action === 'machine' && event.getModifierState('AltGraph')) return;
      const run = action === null ? undefined : action === 'machine' ? machineOf(event, fleet) : actions[action];
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
  }, [navigation, history, fleet]);
}

function searchBox(): HTMLElement | null {
  const found = document.querySelector('main input[data-search]');
  return found instanceof HTMLElement ? found : null;
}

/** Returns what shows the machine at the place of the digit: 1 is this machine. Undefined if there are fewer. */
function machineOf(event: KeyboardEvent, fleet: Fleet): (() => void) | undefined {
  const place = Number(digitOf(event) ?? event.key);
  if (place === 1) return () => fleet.show(null);
  const machine = fleet.machines.getState().machines[place - 2];
  return machine && (() => fleet.show(machine.name));
}
