import type { Execution } from '../../main/contract/execution.ts';
import type { FolderListing } from '../../main/contract/folders.ts';
import type { IpcInput } from '../../main/contract/ipc.ts';
import type { Criterion } from '../../main/contract/success.ts';
import type { Policies, TaskView } from '../../main/contract/task.ts';
import { sentenceOf } from '../bridge/bridge-error.ts';
import type { Call } from '../bridge/client.ts';
import { dismissMessage, showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { formatCountdown } from '../text/format.ts';
import { attempt } from './attempt.ts';
import { pauseCommands } from './pause-commands.ts';
import { outcomeToast, whenEnded } from './run-outcome.ts';
import type { HistoryCommands } from './history-commands.ts';
import type { NavigationCommands } from './navigation-commands.ts';

interface OtherCommands {
  navigation: NavigationCommands;
  history: HistoryCommands;
}

export function createTaskCommands(call: Call, stores: Stores, { navigation, history }: OtherCommands) {
  const { toasts } = stores;
  const changePolicies = (task: TaskView, policies: Policies, message: string) =>
    attempt(toasts, async () => {
      await call('tasks.update', { taskId: task.id, change: { policies: { ...task.policies, ...policies } } });
      await history.toastWithUndo(task.id, message);
    });
  return {
    ...createCommand(call, toasts, navigation),
    ...backfillCommands(call, toasts),
    ...runCommands(call, stores, navigation),
    /** Opens the system's folder dialog. Null if no folder was chosen. */
    chooseDirectory: async (startAt: string): Promise<string | null> => {
      const input = startAt.trim() === '' ? {} : { startAt: startAt.trim() };
      return (await attempt(toasts, () => call('app.chooseDirectory', input)))?.path ?? null;
    },
    /** Lists the folders of the machine. A refusal is returned, since the dialog shows it at its field. */
    listFolders: async (path: string | null): Promise<{ listing: FolderListing } | { problem: string }> => {
      try {
        return { listing: await call('app.folders', path === null ? {} : { path }) };
      } catch (thrown) {
        return { problem: sentenceOf(thrown) };
      }
    },
    ...pauseCommands(call, toasts, history),
    /** Moves a task to another group by giving it that group's schedule. The toast offers Undo. */
    reschedule: (task: TaskView, schedule: string, timezone: string) =>
      attempt(toasts, async () => {
        await call('tasks.update', { taskId: task.id, change: { schedule, timezone } });
        await history.toastWithUndo(task.id, text.tasks.moved(task.name));
      }),
    /** Makes runs that do not meet the criterion failures. The toast offers Undo. */
    addCriterion: (task: TaskView, criterion: Criterion) =>
      changePolicies(task, { success: [...(task.policies?.success ?? []), criterion] }, text.doubts.counted(task.name)),
    /** From now on the latest missed slot runs later. The toast offers Undo. */
    catchUp: (task: TaskView) => changePolicies(task, { catchUp: 'once' }, text.taskPage.catchUpOn(task.name)),
    /** Stops looking for signs of failure in the output of a task. The toast offers Undo. */
    ignoreDoubts: (task: TaskView) => changePolicies(task, { doubt: 'ignore' }, text.doubts.ignored(task.name)),
    /** Deletes at once. Undo in the toast restores the same task with its runs. */
    remove: (task: TaskView) =>
      attempt(toasts, async () => {
        await call('tasks.delete', { taskId: task.id });
        await history.toastWithUndo(task.id, text.tasks.deleted(task.name));
      }),
  };
}

function runCommands(call: Call, { toasts, executions, schedule }: Stores, navigation: NavigationCommands) {
  const runNow = (task: Pick<TaskView, 'id' | 'name'>) =>
    attempt(toasts, async () => {
      const { execution } = await call('tasks.trigger', { taskId: task.id });
      const action = {
        label: text.tasks.showLog,
        run: () => navigation.go({ view: 'execution', executionId: execution.executionId }),
      };
      const started = text.tasks.started(task.name);
      showToast(toasts, { tone: 'info', message: started, action });
      whenEnded(executions, execution.executionId, (ended) => {
        const outcome = outcomeToast(task.name, ended);
        dismissMessage(toasts, started);
        if (outcome !== null) showToast(toasts, { ...outcome, action });
      });
      return execution;
    });
  return {
    /** Runs a task now. A toast says so, and then how the run ended. */
    runNow,
    /**
     * Saves the corrected command of a failed run's task, runs it, and shows the log of that run unless the person has left the
     * failed run. A refusal is a toast, also if the task no longer has the command `opened` that the person saw.
     * @returns the command that the task has now
     */
    fixAndRun: async (
      failed: Pick<Execution, 'executionId' | 'taskId' | 'taskName'>,
      { opened, command }: { opened: string; command: string },
    ): Promise<string> => {
      const task = { id: failed.taskId, name: failed.taskName };
      const parameters = schedule.getState().schedule?.tasks.find(({ id }) => id === task.id)?.parameters;
      const now = parameters?.['command'];
      if (typeof now === 'string' && now !== opened) {
        showToast(toasts, { tone: 'error', message: text.executions.fix.changed(task.name, now) });
        return now;
      }
      const isSaved = await attempt(toasts, async () => {
        await call('tasks.update', { taskId: task.id, change: { parameters: { ...parameters, command } } });
        return true;
      });
      if (!isSaved) return opened;
      const execution = await runNow(task);
      if (execution && executions.getState().fixing === failed.executionId) {
        executions.setState({ fixing: null });
        navigation.go({ view: 'execution', executionId: execution.executionId });
      }
      return command;
    },
  };
}

function backfillCommands(call: Call, toasts: Stores['toasts']) {
  return {
    /** Runs slots of the past, each once. */
    backfill: (task: Pick<TaskView, 'name'>, request: IpcInput<'tasks.backfill'>) =>
      attempt(toasts, async () => {
        const { preview } = await call('tasks.backfill', request);
        const message = text.backfill.started(task.name, preview.slots.length);
        showToast(toasts, { tone: 'info', message });
      }),
    stopBackfill: (task: Pick<TaskView, 'id' | 'name'>) =>
      attempt(toasts, async () => {
        const { stopped } = await call('tasks.stopBackfill', { taskId: task.id });
        if (stopped) showToast(toasts, { tone: 'info', message: text.backfill.stopped(task.name) });
      }),
  };
}

function createCommand(call: Call, toasts: Stores['toasts'], navigation: NavigationCommands) {
  return {
    /** Creates a task. The toast says when it runs, and opens it. */
    create: (draft: IpcInput<'tasks.create'>) =>
      attempt(toasts, async () => {
        const { task, nextRuns } = await call('tasks.create', draft);
        const next = nextRuns[0] === undefined ? '' : formatCountdown(nextRuns[0], Date.now());
        const action = { label: text.palette.open, run: () => navigation.openTask(task.id) };
        showToast(toasts, { tone: 'info', message: text.editor.created(task.name, next), action });
        return task;
      }),
  };
}
