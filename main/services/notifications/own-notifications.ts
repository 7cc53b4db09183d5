import { rulesDecideNotifications } from '../../contract/alerts/desktop-channel.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Notifier } from '../../ports/desktop.ts';

type RunNotifier = Pick<Notifier, 'notify' | 'withdraw'>;

/**
 * Returns the notifier of what the settings `notifyOn…` decide. It shows nothing while rules of alerts decide which
 * notifications this desktop shows, so that nothing is shown twice.
 */
export function ownNotifier(notifier: RunNotifier, settings: { read(): Settings }): RunNotifier {
  return {
    notify: async (content) => rulesDecideNotifications(settings.read().alerts) || notifier.notify(content),
    withdraw: (key) => notifier.withdraw(key),
  };
}
