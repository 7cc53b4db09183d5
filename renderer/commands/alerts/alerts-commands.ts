import type { Channel } from '../../../main/contract/alerts/channels.ts';
import type { AlertsAnswer, AlertTest } from '../../../main/contract/alerts/outbox.ts';
import type { AlertRule, Digest } from '../../../main/contract/alerts/rules.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import type { Call } from '../../bridge/client.ts';
import type { Stores } from '../../stores/stores.ts';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { attempt } from '../attempt.ts';

/** Number of alerts that the window lists. */
const listedAlerts = 100;

export function createAlertsCommands(call: Call, { alerts, secrets, toasts }: Stores) {
  const show = (answer: AlertsAnswer): AlertsAnswer => {
    alerts.setState({ answer, failure: null });
    return answer;
  };
  const read = async (load: () => Promise<void>): Promise<void> => {
    try {
      await load();
    } catch (thrown) {
      alerts.setState({ failure: sentenceOf(thrown) });
    }
  };
  const loadSent = () =>
    read(async () => alerts.setState({ sent: await call('alerts.sent', { limit: listedAlerts }), failure: null }));
  const forget = (names: readonly string[]) =>
    attempt(toasts, async () => {
      for (const name of names) secrets.setState({ answer: await call('secrets.remove', { name }), failure: null });
      showToast(toasts, { tone: 'info', message: text.alerts.secretsDeleted(names.length) });
    });
  const load = () => read(async () => void show(await call('alerts.list', {})));
  return {
    load,
    loadSent,
    /** Adds or replaces a channel. Null if that was refused, which a toast shows. */
    setChannel: (name: string, channel: Channel) =>
      attempt(toasts, async () => show(await call('alerts.setChannel', { name, channel }))),
    removeChannel: (name: string) =>
      attempt(toasts, async () => {
        const { unusedSecrets, ...answer } = await call('alerts.removeChannel', { name });
        show(answer);
        const message = text.alerts.removed(name);
        const deleteThem = {
          label: text.alerts.deleteSecrets(unusedSecrets.length),
          run: () => void forget(unusedSecrets),
        };
        showToast(toasts, { tone: 'info', message, ...(unusedSecrets.length > 0 && { action: deleteThem }) });
      }),
    setRules: (rules: AlertRule[]) => attempt(toasts, async () => show(await call('alerts.configure', { rules }))),
    /** Sets the digest; null switches it off. */
    setDigest: (digest: Digest | null) => attempt(toasts, async () => show(await call('alerts.configure', { digest }))),
    /** Sends a test and returns the answer, also if it is a refusal. That of a saved channel is its last alert. */
    test: async (which: { name: string } | { channel: Channel }): Promise<AlertTest> => {
      try {
        const answer = await call('alerts.test', which);
        if ('name' in which) await load();
        return answer;
      } catch (thrown) {
        return { ok: false, answer: sentenceOf(thrown), tookMs: 0 };
      }
    },
    /** Tries one alert again, or all of a channel that wait or were given up. */
    retry: (which: { id: string } | { channel: string }) =>
      attempt(toasts, async () => {
        const { retried } = await call('alerts.retry', which);
        showToast(toasts, { tone: 'info', message: text.alerts.retried(retried) });
        await Promise.all([loadSent(), load()]);
      }),
  };
}
