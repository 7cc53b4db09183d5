import { useEffect } from 'react';
import { useCommands } from '../../../session-context.tsx';
import { actionOf } from '../../../shortcuts.ts';

/** Escape returns from a run to the list of runs, unless a dialog, a menu or a field takes the key. An empty search does not. */
export function useLeaveRun(): void {
  const { navigation } = useCommands();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (actionOf('run', event) !== 'leave' || event.defaultPrevented) return;
      if (isField(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      navigation.go({ view: 'executions' });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigation]);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
  !(target instanceof HTMLInputElement && target.type === 'search' && target.value === '');
