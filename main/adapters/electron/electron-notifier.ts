import { Notification, type Event as ElectronEvent } from 'electron';
import { plain, plainLines } from '../../domain/visible-text.ts';
import type { NotificationChoice, NotificationContent, Notifier, NotifierState } from '../../ports/desktop.ts';

/**
 * Shows notifications on macOS and Windows through Electron. Both systems hold notifications during do not disturb, and
 * neither reports that to Electron.
 */
export class ElectronNotifier implements Notifier {
  /** One per key. A notification that is garbage-collected loses its click handler. */
  readonly #shown = new Map<string, Notification>();
  readonly #choiceListeners: ((choice: NotificationChoice) => void)[] = [];
  readonly #stateListeners: (() => void)[] = [];
  #problem: string | null = Notification.isSupported() ? null : 'This system does not support notifications.';

  constructor() {
    // Windows starts the app when a notification of an earlier process is clicked (Electron 42 and newer).
    const earlier = Notification as Partial<Pick<typeof Notification, 'handleActivation'>>;
    earlier.handleActivation?.(() => {
      if (this.#shown.size === 0) this.#choose({ target: { view: 'overview' }, taskIds: [], action: null });
    });
  }

  notify(content: NotificationContent): Promise<boolean> {
    if (!Notification.isSupported()) return Promise.resolve(false);
    this.withdraw(content.key);
    const { target, taskIds, buttons } = content;
    const actions = buttons.map(({ label }) => ({ type: 'button' as const, text: label }));
    const notification = new Notification({ title: plain(content.title), body: plainLines(content.body), actions });
    this.#shown.set(content.key, notification);
    notification.on('click', () => this.#choose({ target, taskIds, action: null }));
    // Electron 43 moved the index into the event; the app may run on an older Electron.
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

  /** Sets the problem and returns whether notifications are shown. */
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
