import type { IpcInput, IpcOutput } from '../../main/contract/ipc.ts';
import type { TaskView } from '../../main/contract/task.ts';
import type { FoundElsewhere, ImportReport, InstalledKind } from '../../main/contract/transfer.ts';
import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';
import type { HistoryCommands } from './history-commands.ts';

export type OpenedImport = NonNullable<IpcOutput<'transfer.open'>['opened']>;
type Opened = IpcInput<'transfer.preview'>;

const takes = (action: string): boolean => action === 'add' || action === 'replace';
const pausedId = ({ id, status }: TaskView): string[] => (status === 'paused' ? [id] : []);

export function createTransferCommands(
  call: Call,
  { toasts, settings, preferences, schedule }: Stores,
  { undoBatch }: Pick<HistoryCommands, 'undoBatch'>,
) {
  /** Resumes the tasks that an import added or replaced as paused. */
  const resumeImported = (importId: string) =>
    attempt(toasts, async () => {
      const { changes } = await call('history.list', { batch: importId, limit: 1000 });
      const paused = new Set((schedule.getState().schedule?.tasks ?? []).flatMap(pausedId));
      const ids = changes.flatMap(({ taskId }) => (taskId !== null && paused.has(taskId) ? [taskId] : []));
      for (const taskId of ids) await call('tasks.resume', { taskId });
      showToast(toasts, { tone: 'info', message: text.transfer.resumed(ids.length) });
    });
  const showImported = ({ kind, changes, importId, moved }: ImportReport) => {
    const count = (action: string) => changes.filter((change) => change.action === action).length;
    const paused = changes.filter(({ action, paused: isPaused }) => isPaused === true && takes(action)).length;
    const message =
      moved === null ? text.transfer.done(count('add'), count('replace'), paused) : text.movingIn.moved(kind, moved);
    const actionOf = (id: string) =>
      paused > 0 && moved === null
        ? { label: text.transfer.resumeAll, run: () => void resumeImported(id) }
        : { label: text.common.undo, run: () => void undoBatch(id) };
    showToast(toasts, { tone: 'info', message, ...(importId !== null && { action: actionOf(importId) }) });
  };
  return {
    /** Says what an import did, and offers to resume what it paused. */
    showImported,
    exportAll: () =>
      attempt(toasts, async () => {
        const { file, tasks, secrets, warnings } = await call('transfer.export', {});
        if (file === null) return;
        showToast(toasts, { tone: 'info', message: text.transfer.exported(tasks, file, secrets.length) });
        for (const message of warnings) showToast(toasts, { tone: 'error', message });
      }),
    /** Opens a chosen file, or what this machine has of a kind. Null if nothing was chosen or it cannot be read. */
    open: (installed?: InstalledKind) =>
      attempt(toasts, async () => (await call('transfer.open', installed === undefined ? {} : { installed })).opened),
    /** Returns what the other schedulers of this machine hold. Empty if that cannot be found out. */
    found: async (): Promise<readonly FoundElsewhere[]> => {
      const answer = await attempt(toasts, () => call('transfer.found', {}));
      return answer?.found ?? [];
    },
    preview: (opened: Opened) => attempt(toasts, async () => (await call('transfer.preview', opened)).report),
    apply: (opened: Opened) =>
      attempt(toasts, async () => {
        const { report } = await call('transfer.apply', opened);
        showImported(report);
        for (const message of report.warnings) showToast(toasts, { tone: 'error', message });
        const answer = await call('settings.get', {});
        settings.setState({ settings: answer.settings });
        preferences.setState({ theme: answer.settings.theme });
        return report;
      }),
  };
}
