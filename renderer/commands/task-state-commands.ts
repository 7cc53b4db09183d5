import type { TaskView } from '../../main/contract/task.ts';
import type { Call } from '../bridge/client.ts';
import type { ToastStore } from '../stores/toast-store.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';
import type { HistoryCommands } from './history-commands.ts';

/** Commands that change whether and when a task runs, and leave its definition as it is. */
export function taskStateCommands(call: Call, toasts: ToastStore, history: HistoryCommands) {
  return {
    pause: (task: TaskView, until?: string) =>
      attempt(toasts, async () => {
        const paused = await call('tasks.pause', { taskId: task.id, ...(until === undefined ? {} : { until }) });
        await history.toastWithUndo(task.id, text.tasks.paused(task.name));
        return paused;
      }),
    resume: (task: TaskView) => attempt(toasts, () => call('tasks.resume', { taskId: task.id })),
    /** Skips the next slot that is not skipped yet. The toast names it and offers Undo. */
    skipNext: (task: Pick<TaskView, 'id' | 'name'>) =>
      attempt(toasts, async () => {
        const { task: changed } = await call('tasks.skipNext', { taskId: task.id });
        await history.toastWithUndo(task.id, text.tasks.skipped(task.name, changed.skipUntil, Date.now()));
      }),
  };
}
