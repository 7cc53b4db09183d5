import type { Call } from '../bridge/client.ts';
import { showNotice } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';

export type KeepingCommands = ReturnType<typeof createKeepingCommands>;

/** What was changed, and getting it back. */
export function createKeepingCommands(call: Call, { notices }: Stores) {
  const say = (message: string) => showNotice(notices, { tone: 'info', message });
  const undo = (changeId: number) =>
    attempt(notices, async () => {
      const result = await call('history.undo', { changeId });
      say(text.history.undone);
      return result;
    });
  const undoBatch = (batch: string) =>
    attempt(notices, async () => {
      const result = await call('history.undoAll', { batch });
      say(text.history.undone);
      return result;
    });
  return {
    undo,
    undoBatch,
    changesOf: (taskId: string) => call('history.list', { taskId, limit: 200 }),
    /** Says what was just done to a task; the notice takes exactly that change back, whatever is changed after it. */
    noticeWithUndo: async (taskId: string, message: string) => {
      const [latest] = (await call('history.list', { taskId, limit: 1 })).changes;
      const action = latest && { label: text.common.undo, run: () => void undo(latest.id) };
      showNotice(notices, { tone: 'info', message, ...(action && { action }) });
    },
    backups: () => call('backups.list', {}),
    restore: (name: string) =>
      attempt(notices, async () => {
        const result = await call('backups.restore', { name });
        const { batch } = result;
        const action = batch === null ? {} : { action: { label: text.common.undo, run: () => void undoBatch(batch) } };
        showNotice(notices, { tone: 'info', message: text.backups.restored, ...action });
        return result;
      }),
    legacyEntries: async () => (await attempt(notices, () => call('legacy.list', {})))?.entries ?? [],
    replaceLegacyEntries: () =>
      attempt(notices, async () => {
        const { replaced, kept } = await call('legacy.replace', {});
        const failed = replaced.find(({ change }) => change === 'failed');
        if (failed !== undefined) {
          const message = text.legacy.failed(failed.timingId, failed.error?.message ?? '');
          showNotice(notices, { tone: 'error', message });
        } else {
          say(text.legacy.replaced(replaced.length, kept.length));
        }
      }),
  };
}
