import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';
import { undoLastCommand } from './undo/undo-last.ts';

export type HistoryCommands = ReturnType<typeof createHistoryCommands>;

/** Commands for the history of changes, undo and backups. */
export function createHistoryCommands(call: Call, stores: Stores) {
  const { toasts } = stores;
  const say = (message: string) => showToast(toasts, { tone: 'info', message });
  const undo = (changeId: number, done: string = text.history.undone) =>
    attempt(toasts, async () => {
      const result = await call('history.undo', { changeId });
      say(done);
      return result;
    });
  const undoBatch = (batch: string, done: string = text.history.undone) =>
    attempt(toasts, async () => {
      const result = await call('history.undoAll', { batch });
      say(done);
      return result;
    });
  return {
    undo,
    undoBatch,
    undoLast: undoLastCommand(call, stores),
    changesOf: (taskId: string) => call('history.list', { taskId, limit: 200 }),
    /** Shows the last change of a task in a toast, whose Undo reverses exactly that change, even after later ones. */
    toastWithUndo: async (taskId: string, message: string) => {
      const [latest] = (await call('history.list', { taskId, limit: 1 })).changes;
      const action = latest && { label: text.common.undo, run: () => void undo(latest.id) };
      showToast(toasts, { tone: 'info', message, ...(action && { action }) });
    },
    backups: () => call('backups.list', {}),
    restore: (name: string) =>
      attempt(toasts, async () => {
        const result = await call('backups.restore', { name });
        const { batch } = result;
        const action = batch === null ? {} : { action: { label: text.common.undo, run: () => void undoBatch(batch) } };
        showToast(toasts, { tone: 'info', message: text.backups.restored, ...action });
        return result;
      }),
    legacyEntries: async () => (await attempt(toasts, () => call('legacy.list', {})))?.entries ?? [],
    replaceLegacyEntries: () =>
      attempt(toasts, async () => {
        const { replaced, kept } = await call('legacy.replace', {});
        const failed = replaced.find(({ change }) => change === 'failed');
        if (failed !== undefined) {
          const message = text.legacy.failed(failed.timingId, failed.error?.message ?? '');
          showToast(toasts, { tone: 'error', message });
        } else {
          say(text.legacy.replaced(replaced.length, kept.length));
        }
      }),
  };
}
