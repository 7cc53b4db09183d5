import { useEffect } from 'react';
import { useCommands } from '../../session-context.tsx';

const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Opens the editor of the task on `E`, unless the person types or a dialog or menu is open. */
export function useEditKey(taskId: string): void {
  const { navigation } = useCommands();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (!isPlain || event.key.toLowerCase() !== 'e' || takesLetters(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      event.preventDefault();
      navigation.openEditor({ kind: 'edit', taskId });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigation, taskId]);
}
