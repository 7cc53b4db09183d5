import type { Execution } from '../contract/execution.ts';
import { messageOf } from '../domain/errors.ts';
import type { Notifier, Tray, TrayLine } from '../ports/desktop.ts';
import type { ChangeListener } from '../services/desktop/change-feed.ts';
import type { RunNotifications } from '../services/notifications/notifications.ts';
import type { Snapshots } from '../services/desktop/snapshots.ts';
import { trayState } from '../services/desktop/tray-state.ts';
import type { AppWindows } from '../adapters/electron/app-windows.ts';
import type { Core } from '../application/core.ts';
import type { ProposalAnnouncer } from './proposal-announcer.ts';

/** Changes in a row are told once, this much later: a snapshot is the whole truth anyway. */
const gatherMs = 50;
/** What the menu says of times ("next", "paused until") changes with the clock alone. */
const trayMs = 30_000;

export interface AnnouncerNeeds {
  readonly core: Core;
  readonly windows: AppWindows;
  readonly snapshots: Snapshots;
  readonly notifications: RunNotifications;
  readonly notifier: Notifier;
  readonly proposals: ProposalAnnouncer;
}

/** Carries what changed to the windows, the tray and the desktop's notifications. */
export class Announcer implements ChangeListener {
  readonly #options: AnnouncerNeeds;
  #tray: Tray | null = null;
  #gathering = false;
  #cancelTimer: (() => void) | null = null;

  constructor(options: AnnouncerNeeds) {
    this.#options = options;
    options.notifier.onStateChange(() => this.scheduleChanged());
  }

  attachTray(tray: Tray): void {
    this.#tray = tray;
    this.#options.proposals.tell();
    this.#keepTrayCurrent();
  }

  scheduleChanged(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    const { core } = this.#options;
    core.clock.setTimer(() => {
      this.#gathering = false;
      this.#tellSchedule().catch((problem: unknown) => {
        core.logger.error('Could not tell the window of a change', { problem: messageOf(problem) });
      });
    }, gatherMs);
  }

  executionsChanged(executions: Execution[]): void {
    this.#options.windows.send('executions.changed', { executions });
    this.#options.notifications.executionsChanged(executions);
    this.#renderTray();
  }

  proposalsChanged(): void {
    this.#options.proposals.tell();
    this.scheduleChanged();
  }

  executionsRemoved(executionIds: string[]): void {
    this.#options.windows.send('executions.removed', { executionIds });
  }

  /** The app ends: what waits to be told is told. */
  close(): void {
    this.#cancelTimer?.();
    this.#tray = null;
    this.#options.notifications.close();
  }

  async #tellSchedule(): Promise<void> {
    this.#options.windows.send('schedule.changed', await this.#options.snapshots.schedule());
    this.#options.notifications.scheduleChanged();
    this.#renderTray();
  }

  #keepTrayCurrent(): void {
    this.#renderTray();
    this.#cancelTimer = this.#options.core.clock.setTimer(() => this.#keepTrayCurrent(), trayMs);
  }

  #renderTray(): void {
    const { core } = this.#options;
    this.#tray?.render(trayState(core, core.clock.now(), this.#remarks()));
  }

  #remarks(): TrayLine[] {
    const { available } = this.#options.notifier.state();
    return available ? [] : [{ text: 'Notifications are not shown', target: { view: 'settings' } }];
  }
}
