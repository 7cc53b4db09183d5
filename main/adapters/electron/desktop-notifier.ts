import { Notification } from 'electron';
import type { NavigationTarget } from '../../contract/control.ts';
import type { NotificationContent, Notifier } from '../../ports/desktop.ts';

/** Notifications of the desktop. */
export class DesktopNotifier implements Notifier {
  /**
   * One per key. Kept referenced, or the garbage collector takes the click with it; on Linux `close` never comes, so the
   * next one with the same key is what lets it go.
   */
  readonly #shown = new Map<string, Notification>();
  readonly #listeners: ((target: NavigationTarget) => void)[] = [];

  notify(content: NotificationContent): Promise<boolean> {
    if (!Notification.isSupported()) return Promise.resolve(false);
    this.#shown.get(content.key)?.close();
    const notification = new Notification({
      title: content.title,
      body: escapeMarkup(content.body),
      urgency: 'normal',
    });
    this.#shown.set(content.key, notification);
    notification.on('click', () => {
      for (const listener of this.#listeners) listener(content.target);
    });
    notification.on('close', () => this.#forget(content.key, notification));
    return new Promise((resolve) => {
      notification.once('show', () => resolve(true));
      notification.once('failed', () => {
        this.#forget(content.key, notification);
        resolve(false);
      });
      notification.show();
    });
  }

  onClick(listener: (target: NavigationTarget) => void): void {
    this.#listeners.push(listener);
  }

  #forget(key: string, notification: Notification): void {
    if (this.#shown.get(key) === notification) this.#shown.delete(key);
  }
}

/** Servers on Linux read the body as markup (freedesktop notification specification, "Body"), and Electron passes it on as it is. */
function escapeMarkup(text: string): string {
  if (process.platform !== 'linux') return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
