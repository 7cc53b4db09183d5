import type { Execution } from '../contract/execution.ts';
import { messageOf } from '../domain/errors.ts';
import type { Tray, TrayLine } from '../ports/desktop.ts';
import type { RunNotifications } from '../services/notifications/notifications.ts';
import type { AppWindows } from '../adapters/electron/app-windows.ts';
import type { SnapshotOperations } from '../application/application.ts';
import type { Outside } from '../application/outside.ts';
import type { PrimaryListener } from '../application/running/primary.ts';
import type { DesktopServices } from './desktop-services.ts';
import type { ProposalAnnouncer } from './proposal-announcer.ts';

/** Changes in a row are told once, this much later: a snapshot is the whole truth anyway. */
const gatherMs = 50;
/** What the menu says of times ("next", "paused until") changes with the clock alone. */
const trayMs = 30_000;

export interface AnnouncerNeeds {
  readonly outside: Pick<Outside, 'clock' | 'logger'>;
  readonly windows: AppWindows;
  readonly snapshots: SnapshotOperations;
  readonly notifications: RunNotifications;
  readonly desktop: DesktopServices;
  readonly proposals: ProposalAnnouncer;
}

/** Carries what changed to the windows, the tray and the desktop's notifications. */
export class Announcer implements PrimaryListener {
  readonly #needs: AnnouncerNeeds;
  #tray: Tray | null = null;
  #gathering = false;
  #cancelTimer: (() => void) | null = null;

  constructor(needs: AnnouncerNeeds) {
    this.#needs = needs;
    needs.desktop.notifier.onStateChange(() => this.scheduleChanged());
  }

  attachTray(tray: Tray): void {
    this.#tray = tray;
    this.#needs.proposals.tell();
    this.#keepTrayCurrent();
  }

  scheduleChanged(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    const { clock, logger } = this.#needs.outside;
    clock.setTimer(() => {
      this.#gathering = false;
      this.#tellSchedule().catch((problem: unknown) => {
        logger.error('Could not notify the window of a change', { problem: messageOf(problem) });
      });
    }, gatherMs);
  }

  executionsChanged(executions: Execution[]): void {
    this.#needs.windows.send('executions.changed', { executions });
    this.#needs.notifications.executionsChanged(executions);
    this.#renderTray();
  }

  proposalsChanged(): void {
    this.#needs.proposals.tell();
    this.scheduleChanged();
  }

  executionsRemoved(executionIds: readonly string[]): void {
    this.#needs.windows.send('executions.removed', { executionIds: [...executionIds] });
  }

  settingsChanged(news: Parameters<PrimaryListener['settingsChanged']>[0]): void {
    this.#needs.desktop.settingsChanged();
    this.#needs.windows.send('settings.changed', news);
    this.scheduleChanged();
  }

  slotsSettled(slots: Parameters<PrimaryListener['slotsSettled']>[0]): void {
    this.#needs.notifications.slotsSettled(slots);
  }

  /** The app ends: notifications that were gathered are shown now. */
  close(): void {
    this.#cancelTimer?.();
    this.#tray = null;
    this.#needs.notifications.close();
  }

  async #tellSchedule(): Promise<void> {
    const { windows, snapshots, desktop, notifications } = this.#needs;
    windows.send('schedule.changed', await snapshots.schedule(desktop.state()));
    notifications.scheduleChanged();
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
