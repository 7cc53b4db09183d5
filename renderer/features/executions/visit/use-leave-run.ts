import { useEffect } from 'react';
import { useCommands } from '../../../session-context.tsx';
import { actionOf } from '../../../shortcuts.ts';

/** Escape returns from a run to the list of runs, unless a dialog, a menu or a text field takes the key. */
export function useLeaveRun(): void {
  const { navigation } = useCommands();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (actionOf('run', event) !== 'leave' || event.defaultPrevented) return;
      const isField = event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (isField || document.querySelector('[role="dialog"], [role="menu"]')) return;
      navigation.go({ view: 'executions' });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigation]);
}
