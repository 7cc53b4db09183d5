import { useEffect } from 'react';
import { useCommands, useSession } from '../../session-context.tsx';
import { showNotice } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { purposeOfKey } from './draft-keeping.ts';

/** Says, as the window opens, that something typed was never saved: after a crash nobody would look for it. */
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
      showNotice(stores.notices, {
        tone: 'info',
        message: task === null ? text.editor.newIsKept : text.editor.changeIsKept(task.name),
        action: { label: text.editor.goOn, run: () => navigation.openEditor(purpose) },
      });
    }
  }, [stores, navigation]);
}
