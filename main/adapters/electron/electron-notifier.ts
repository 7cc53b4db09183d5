import { Notification, type Event as ElectronEvent } from 'electron';
import type { NotificationChoice, NotificationContent, Notifier, NotifierState } from '../../ports/desktop.ts';

/**
 * Notifications of macOS and Windows, by Electron. Both hold them back by themselves while the person does not want to
 * be disturbed, and neither tells Electron of it.
 */
export class ElectronNotifier implements Notifier {
  /** One per key. Kept referenced, or the garbage collector takes the click with it. */
  readonly #shown = new Map<string, Notification>();
  readonly #choiceListeners: ((choice: NotificationChoice) => void)[] = [];
  readonly #stateListeners: (() => void)[] = [];
  #problem: string | null = Notification.isSupported() ? null : 'This system does not support notifications.';

  constructor() {
    // Windows starts the app for a click on a notification of an earlier run (Electron 42 and newer).
    const earlier = Notification as Partial<Pick<typeof Notification, 'handleActivation'>>;
    earlier.handleActivation?.(() => {
      if (this.#shown.size === 0) this.#choose({ target: { view: 'overview' }, taskIds: [], action: null });
    });
  }

  notify(content: NotificationContent): Promise<boolean> {
    if (!Notification.isSupported()) return Promise.resolve(false);
    this.withdraw(content.key);
    const { title, body, target, taskIds, buttons } = content;
    const actions = buttons.map(({ label }) => ({ type: 'button' as const, text: label }));
    const notification = new Notification({ title, body, actions });
    this.#shown.set(content.key, notification);
    notification.on('click', () => this.#choose({ target, taskIds, action: null }));
    // Electron 43 moved the index into the event; what ships may be older.
    notification.on('action', (event: ElectronEvent<{ actionIndex?: number }>, index?: number) => {
      const action = buttons[event.actionIndex ?? index ?? -1]?.action ?? null;
      this.#choose({ target, taskIds, action });
    });
    notification.on('close', () => this.#forget(content.key, notification));
    return new Promise((resolve) => {
      notification.once('show', () => resolve(this.#become(null)));
      notification.once('failed', (_event, error) => {
        this.#forget(content.key, notification);
        resolve(
          this.#become(`The system refused a notification: ${error}. Allow notifications in the system settings.`),
        );
      });
      notification.show();
    });
  }

  withdraw(key: string): void {
    this.#shown.get(key)?.close();
    this.#shown.delete(key);
  }

  state(): NotifierState {
    const available = this.#problem === null;
    return { available, problem: this.#problem, doNotDisturb: null, buttons: available };
  }

  onChoice(listener: (choice: NotificationChoice) => void): void {
    this.#choiceListeners.push(listener);
  }

  onStateChange(listener: () => void): void {
    this.#stateListeners.push(listener);
  }

  /** Returns whether notifications are shown. */
  #become(problem: string | null): boolean {
    const changed = problem !== this.#problem;
    this.#problem = problem;
    if (changed) for (const listener of this.#stateListeners) listener();
    return problem === null;
  }

  #choose(choice: NotificationChoice): void {
    for (const listener of this.#choiceListeners) listener(choice);
  }

  #forget(key: string, notification: Notification): void {
    if (this.#shown.get(key) === notification) this.#shown.delete(key);
  }
}
