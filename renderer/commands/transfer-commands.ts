import type { IpcInput, IpcOutput } from '../../main/contract/ipc.ts';
import type { InstalledKind } from '../../main/contract/transfer.ts';
import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';

export type OpenedImport = NonNullable<IpcOutput<'transfer.open'>['opened']>;
type Opened = IpcInput<'transfer.preview'>;

export function createTransferCommands(call: Call, { toasts, settings, preferences }: Stores) {
  return {
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
    preview: (opened: Opened) => attempt(toasts, async () => (await call('transfer.preview', opened)).report),
    apply: (opened: Opened) =>
      attempt(toasts, async () => {
        const { report } = await call('transfer.apply', opened);
        const count = (action: string) => report.changes.filter((change) => change.action === action).length;
        showToast(toasts, { tone: 'info', message: `${text.transfer.done(count('add'), count('replace'))}.` });
        for (const message of report.warnings) showToast(toasts, { tone: 'error', message });
        const answer = await call('settings.get', {});
        settings.setState({ settings: answer.settings });
        preferences.setState({ theme: answer.settings.theme });
        return report;
      }),
  };
}
