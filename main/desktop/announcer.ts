import type { Execution } from '../contract/execution.ts';
import type { Tray, TrayLine } from '../ports/desktop.ts';
import type { AttentionNotifications } from '../services/notifications/attention-notifications.ts';
import type { RunNotifications } from '../services/notifications/notifications.ts';
import type { AppWindows } from '../adapters/electron/app-windows.ts';
import type { SnapshotOperations } from '../application/operations.ts';
import type { Outside } from '../application/outside.ts';
import type { PrimaryListener } from '../application/running/primary.ts';
import { WindowEvents } from '../ipc/events.ts';
import type { DesktopServices } from './desktop-services.ts';
import type { ProposalAnnouncer } from './proposal-announcer.ts';

/** Refresh interval of the tray menu, in ms: its times ("next", "paused until") change without an event. */
const trayMs = 30_000;

export interface AnnouncerNeeds {
  readonly outside: Pick<Outside, 'clock' | 'logger'>;
  readonly windows: Pick<AppWindows, 'send'>;
  readonly snapshots: SnapshotOperations;
  readonly notifications: Pick<RunNotifications, 'executionsChanged' | 'slotsSettled' | 'scheduleChanged' | 'close'>;
  readonly attention: Pick<AttentionNotifications, 'executionsChanged' | 'attentionChanged'>;
  readonly desktop: Pick<DesktopServices, 'notifier' | 'state' | 'settingsChanged'>;
  readonly proposals: Pick<ProposalAnnouncer, 'tell'>;
}

/** Passes changes on to the windows, the tray and the desktop's notifications. */
export class Announcer implements PrimaryListener {
  readonly #needs: AnnouncerNeeds;
  readonly #events: WindowEvents;
  #tray: Tray | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor(needs: AnnouncerNeeds) {
    this.#needs = needs;
    const { outside, windows, desktop, snapshots } = needs;
    this.#events = new WindowEvents({
      ...{ clock: outside.clock, logger: outside.logger, snapshots },
      host: { desktopState: () => desktop.state(), send: (name, payload) => windows.send(name, payload) },
      scheduleSent: () => this.#scheduleSent(),
    });
    needs.desktop.notifier.onStateChange(() => this.scheduleChanged());
  }

  attachTray(tray: Tray): void {
    this.#tray = tray;
    this.#needs.proposals.tell();
    this.#keepTrayCurrent();
  }

  scheduleChanged(): void {
    this.#events.scheduleChanged();
  }

  executionsChanged(executions: Execution[]): void {
    this.#events.executionsChanged(executions);
    this.#needs.notifications.executionsChanged(executions);
    this.#needs.attention.executionsChanged(executions);
    this.#renderTray();
  }

  proposalsChanged(): void {
    this.#needs.proposals.tell();
    this.#events.proposalsChanged();
  }

  executionsRemoved(executionIds: readonly string[]): void {
    this.#events.executionsRemoved(executionIds);
  }

  settingsChanged(news: Parameters<PrimaryListener['settingsChanged']>[0]): void {
    this.#needs.desktop.settingsChanged();
    this.#events.settingsChanged(news);
  }

  slotsSettled(slots: Parameters<NonNullable<PrimaryListener['slotsSettled']>>[0]): void {
    this.#needs.notifications.slotsSettled(slots);
  }

  slotsMissed(): void {
    this.#events.slotsMissed();
  }

  attentionChanged(news: Parameters<PrimaryListener['attentionChanged']>[0]): void {
    this.#needs.attention.attentionChanged(news);
    this.#events.attentionChanged();
  }

  /** Shows collected notifications at once. Call when the app ends. */
  close(): void {
    this.#cancelTimer?.();
    this.#tray = null;
    this.#needs.notifications.close();
  }

  #scheduleSent(): void {
    this.#needs.notifications.scheduleChanged();
    this.#renderTray();
  }

  #keepTrayCurrent(): void {
    this.#renderTray();
    this.#cancelTimer = this.#needs.outside.clock.setTimer(() => this.#keepTrayCurrent(), trayMs);
  }

  #renderTray(): void {
    this.#tray?.render(this.#needs.snapshots.tray(this.#remarks()));
  }

  #remarks(): TrayLine[] {
    const { available } = this.#needs.desktop.notifier.state();
    return available ? [] : [{ text: 'Notifications are not shown', target: { view: 'settings' } }];
  }
}
