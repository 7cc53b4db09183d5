import type { IpcInput } from '../../main/contract/ipc.ts';
import type { Settings } from '../../main/contract/settings.ts';
import { sentenceOf } from '../bridge/bridge-error.ts';
import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';

type SettingsChange = IpcInput<'settings.update'>['change'];

export function createSettingsCommands(call: Call, { settings, toasts, preferences }: Stores) {
  return {
    load: async () => {
      try {
        const answer = await call('settings.get', {});
        settings.setState({ settings: answer.settings, failure: null });
        preferences.setState({ theme: answer.settings.theme });
      } catch (thrown) {
        settings.setState({ failure: sentenceOf(thrown) });
      }
    },
    /** Takes settings that an editor or another process changed; shows why they are not used, if so. */
    take: (taken: Settings, problem: string | null) => {
      settings.setState({ settings: taken });
      preferences.setState({ theme: taken.theme });
      if (problem !== null) showToast(toasts, { tone: 'error', message: problem });
    },
    change: (change: SettingsChange) =>
      attempt(toasts, async () => {
        const answer = await call('settings.update', { change });
        settings.setState({ settings: answer.settings });
        preferences.setState({ theme: answer.settings.theme });
        return answer.settings;
      }),
    /** Deletes what exceeds the limits of the settings, and says how much. */
    cleanUp: () =>
      attempt(toasts, async () => {
        const result = await call('app.cleanUp', {});
        const [failure] = result.failures;
        showToast(toasts, {
          tone: failure === undefined ? 'info' : 'error',
          message: failure === undefined ? text.settings.cleanedUp(result) : text.settings.cleanUpFailed(failure),
        });
      }),
    /** Creates the diagnostics report. Null if that failed, which a toast shows. */
    report: async (): Promise<string | null> => (await attempt(toasts, () => call('app.report', {})))?.report ?? null,
    /** What an uninstall would remove and leave. Null if that failed, which a toast shows. */
    previewUninstall: (purge: boolean) => attempt(toasts, () => call('app.previewUninstall', { purge })),
    /** Quits the app and removes it from this machine. */
    uninstall: (purge: boolean) => attempt(toasts, () => call('app.uninstall', { purge })),
    /** Downloads and installs the newer version; the app quits. A toast shows what failed. */
    installUpdate: () => attempt(toasts, () => call('app.installUpdate', {})),
    /** Asks every configured server for its tools. The old list stays until the answer arrives. */
    loadTools: async () => {
      try {
        const { tools, unavailable } = await call('tools.list', {});
        settings.setState({ tools, unavailable, toolsFailure: null });
      } catch (thrown) {
        settings.setState({ toolsFailure: sentenceOf(thrown) });
      }
    },
  };
}
