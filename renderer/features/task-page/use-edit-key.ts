import { useEffect } from 'react';
import { useCommands } from '../../session-context.tsx';
import { actionOf } from '../../shortcuts.ts';

const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Opens the editor of the task on `E`, unless the person types or a dialog or menu is open. */
export function useEditKey(taskId: string): void {
  const { navigation } = useCommands();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (actionOf('taskPage', event) !== 'edit' || takesLetters(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      event.preventDefault();
      navigation.openEditor({ kind: 'edit', taskId });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigation, taskId]);
}
