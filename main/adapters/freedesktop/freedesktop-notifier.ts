import { Variant } from '@jellybrick/dbus-next';
import { plain, plainLines } from '../../domain/visible-text.ts';
import type {
  NotificationAction,
  NotificationContent,
  NotificationChoice,
  Notifier,
  NotifierState,
} from '../../ports/desktop.ts';
import type { SessionBus } from './session-bus.ts';
import { ShownNotifications, type ShownMemory } from './shown-notifications.ts';

/** https://specifications.freedesktop.org/notification-spec/latest/protocol.html */
const server = {
  name: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const appName = 'NCP Scheduler';
/** Name of the installed .desktop file and icon, by which desktops identify the sender of a notification. */
const desktopEntry = 'ncp-scheduler';
const urgencies = { low: 0, normal: 1 } as const;
const actions: readonly NotificationAction[] = ['rerun', 'snooze', 'pause', 'resume'];

const noServer =
  'This desktop shows no notifications because no notification service is running. Install one, such as dunst, mako or your desktop’s own.';

/**
 * Shows notifications by the freedesktop protocol. On Linux, Electron sends no buttons (electron#24333) and reports a
 * notification as shown even if no server accepted it.
 */
export class FreedesktopNotifier implements Notifier {
  readonly #bus: SessionBus;
  readonly #shown: ShownNotifications;
  readonly #choiceListeners: ((choice: NotificationChoice) => void)[] = [];
  readonly #stateListeners: (() => void)[] = [];
  #capabilities: readonly string[] = [];
  /** Notifications being sent. A click can arrive before the server has returned the id. */
  #sending = 0;
  #early: (readonly [id: number, action: unknown])[] = [];
  #state: NotifierState = { available: false, problem: noServer, doNotDisturb: null, buttons: false };

  private constructor(bus: SessionBus, memory: ShownMemory) {
    this.#bus = bus;
    this.#shown = new ShownNotifications(memory);
  }

  static async connect(bus: SessionBus, memory: ShownMemory): Promise<FreedesktopNotifier> {
    const notifier = new FreedesktopNotifier(bus, memory);
    await bus.onSignal(server, ({ member, body }) => notifier.#heard(member, body));
    await bus.onSignal({ path: server.path, interface: 'org.freedesktop.DBus.Properties' }, () =>
      notifier.#lookAgain(),
    );
    await bus.onOwner(server.name, () => notifier.#lookAgain());
    bus.onClosed(() =>
      notifier.#become({
        ...notifier.#state,
        available: false,
        problem: 'The connection to the D-Bus session bus was lost.',
      }),
    );
    await notifier.#look();
    return notifier;
  }

  async notify(content: NotificationContent): Promise<boolean> {
    if (!this.#state.available) return false;
    this.#sending += 1;
    const body = plainLines(content.body);
    try {
      const replaces = this.#shown.byKey(content.key)?.id ?? 0;
      const [id] = await this.#bus.call(server, 'Notify', 'susssasa{sv}i', [
        appName,
        replaces,
        desktopEntry,
        plain(content.title),
        this.#capabilities.includes('body-markup') ? escapeMarkup(body) : body,
        this.#actionsOf(content),
        { 'desktop-entry': new Variant('s', desktopEntry), urgency: new Variant('y', urgencies[content.urgency]) },
        -1,
      ]);
      this.#shown.add(Number(id), content);
      for (const [early, action] of this.#early) if (early === id) this.#chosen(early, action);
      return true;
    } catch {
      await this.#look(); // The state then says whether the server is gone or refused; the caller logs the failure.
      return false;
    } finally {
      this.#sending -= 1;
      if (this.#sending === 0) this.#early = [];
    }
  }

  withdraw(key: string): void {
    const shown = this.#shown.byKey(key);
    if (shown === undefined) return;
    this.#shown.remove(shown.id);
    this.#bus.call(server, 'CloseNotification', 'u', [shown.id]).catch(() => undefined); // Already closed.
  }

  state(): NotifierState {
    return this.#state;
  }

  onChoice(listener: (choice: NotificationChoice) => void): void {
    this.#choiceListeners.push(listener);
  }

  onStateChange(listener: () => void): void {
    this.#stateListeners.push(listener);
  }

  /** Returns no actions for servers without that capability: they may show a dialog for actions, or nothing. */
  #actionsOf({ buttons }: NotificationContent): string[] {
    if (!this.#state.buttons) return [];
    return ['default', 'Open', ...buttons.flatMap(({ action, label }) => [action, label])];
  }

  #heard(member: string, body: readonly unknown[]): void {
    const id = Number(body[0]);
    if (member === 'NotificationClosed') return this.#shown.remove(id);
    if (member !== 'ActionInvoked') return;
    if (this.#shown.byId(id) !== undefined) this.#chosen(id, body[1]);
    else if (this.#sending > 0) this.#early.push([id, body[1]]);
  }

  #chosen(id: number, chosen: unknown): void {
    const shown = this.#shown.byId(id);
    if (shown === undefined) return;
    const action = actions.find((candidate) => candidate === chosen) ?? null;
    for (const listener of this.#choiceListeners) listener({ target: shown.target, taskIds: shown.taskIds, action });
  }

  #lookAgain(): void {
    void this.#look();
  }

  /** Finds the current notification server and its capabilities. */
  async #look(): Promise<void> {
    const owner = await this.#bus.owner(server.name);
    const reachable = owner !== null || (await this.#bus.canStart(server.name).catch(() => false));
    this.#shown.connect(owner === null ? '' : `${await this.#bus.id()} ${owner}`);
    if (!reachable) {
      return this.#become({ available: false, problem: noServer, doNotDisturb: null, buttons: false });
    }
    const [capabilities] = await this.#bus.call(server, 'GetCapabilities').catch(() => [[]]);
    this.#capabilities = Array.isArray(capabilities) ? capabilities.map(String) : [];
    const inhibited = await this.#bus.property(server, 'Inhibited');
    this.#become({
      available: true,
      problem: null,
      doNotDisturb: typeof inhibited === 'boolean' ? inhibited : null,
      buttons: this.#capabilities.includes('actions'),
    });
  }

  #become(state: NotifierState): void {
    const changed = JSON.stringify(state) !== JSON.stringify(this.#state);
    this.#state = state;
    if (changed) for (const listener of this.#stateListeners) listener();
  }
}

/** Escapes the body for servers with the capability `body-markup`, which interpret tags in it. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
