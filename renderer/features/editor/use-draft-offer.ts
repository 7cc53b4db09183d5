import { useEffect } from 'react';
import { useCommands, useSession } from '../../session-context.tsx';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { purposeOfKey } from './stored-draft.ts';

/** Offers unsaved drafts when the window opens: after a crash nobody would look for them. */
export function useDraftOffer(): void {
  const { stores } = useSession();
  const { navigation } = useCommands();
  useEffect(() => {
    const tasks = stores.schedule.getState().schedule?.tasks ?? [];
    for (const key of Object.keys(stores.preferences.getState().drafts)) {
      const purpose = purposeOfKey(key);
      if (purpose === null || stores.navigation.getState().editor !== null) continue;
      const task = purpose.kind === 'new' ? null : tasks.find(({ id }) => id === purpose.taskId);
      if (task === undefined) continue;
      showToast(stores.toasts, {
        tone: 'info',
        message: task === null ? text.editor.newIsKept : text.editor.changeIsKept(task.name),
        action: { label: text.editor.goOn, run: () => navigation.openEditor(purpose) },
      });
    }
  }, [stores, navigation]);
}
