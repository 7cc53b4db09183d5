import type { TaskView } from '../../main/contract/task.ts';
import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { ToastStore } from '../stores/toast-store.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';
import type { HistoryCommands } from './history-commands.ts';

/** Commands that keep a task from running for a while. */
export function pauseCommands(call: Call, toasts: ToastStore, history: HistoryCommands) {
  return {
    pause: (task: Pick<TaskView, 'id' | 'name'>, options: { until?: string; note?: string } = {}) =>
      attempt(toasts, async () => {
        const paused = await call('tasks.pause', { taskId: task.id, ...options });
        await history.toastWithUndo(task.id, text.tasks.paused(task.name));
        return paused;
      }),
    /** Skips one more slot. The toast offers Undo. */
    skipNext: (task: Pick<TaskView, 'id' | 'name'>) =>
      attempt(toasts, async () => {
        const { task: skipped } = await call('tasks.skipNext', { taskId: task.id });
        await history.toastWithUndo(task.id, text.pausing.skipped(task.name, skipped.skipUntil, Date.now()));
      }),
    /** Runs the slot after all that was skipped last. */
    keepNext: (task: Pick<TaskView, 'id' | 'name'>) =>
      attempt(toasts, async () => {
        const { changes } = await call('history.list', { taskId: task.id, limit: 100 });
        const skip = changes.find(({ action, obstacle }) => action === 'task.skip-next' && obstacle === null);
        if (skip === undefined)
          return showToast(toasts, { tone: 'error', message: text.pausing.cannotKeep(task.name) });
        await call('history.undo', { changeId: skip.id });
        showToast(toasts, { tone: 'info', message: text.pausing.kept(task.name) });
      }),
    /** Makes the next look of the task's probe the first. */
    forgetSeen: (task: Pick<TaskView, 'id' | 'name'>) =>
      attempt(toasts, async () => {
        await call('tasks.forgetSeen', { taskId: task.id });
        showToast(toasts, { tone: 'info', message: text.probes.forgotten(task.name) });
      }),
    resume: (task: TaskView) => attempt(toasts, () => call('tasks.resume', { taskId: task.id })),
  };
}
