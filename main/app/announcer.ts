import { executionFilterSchema, type Execution } from '../contract/execution.ts';
import { messageOf } from '../domain/errors.ts';
import type { Notifier, Tray } from '../ports/desktop.ts';
import type { ChangeListener } from '../services/change-feed.ts';
import { failureNotice } from '../services/failure-notice.ts';
import type { Snapshots } from '../services/snapshots.ts';
import { trayState } from '../services/tray-state.ts';
import type { AppWindows } from '../adapters/electron/app-windows.ts';
import type { Core } from './core.ts';

/** Changes in a row are told once, this much later: a snapshot is the whole truth anyway. */
const gatherMs = 50;

export interface AnnouncerOptions {
  readonly core: Core;
  readonly windows: AppWindows;
  readonly snapshots: Snapshots;
  readonly notifier: Notifier;
}

/** Carries what changed to the windows, the tray and the desktop's notifications. */
export class Announcer implements ChangeListener {
  readonly #options: AnnouncerOptions;
  #tray: Tray | null = null;
  #gathering = false;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  attachTray(tray: Tray): void {
    this.#tray = tray;
    this.#renderTray();
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
    this.#notify(executions);
    this.#renderTray();
  }

  /** Tells of failures that happened while no app was there to tell. */
  announceSince(since: string): void {
    this.#notify(this.#options.core.ledger.list(executionFilterSchema.parse({ since })).executions);
  }

  #notify(executions: readonly Execution[]): void {
    const { core, notifier } = this.#options;
    if (!core.settings.read().notifyOnFailure) return;
    for (const execution of executions) {
      const notice = failureNotice(execution);
      if (notice !== null) void notifier.notify(notice).then((shown) => shown || this.#reportUnshown(notice.title));
    }
  }

  executionsRemoved(executionIds: string[]): void {
    this.#options.windows.send('executions.removed', { executionIds });
  }

  async #tellSchedule(): Promise<void> {
    this.#options.windows.send('schedule.changed', await this.#options.snapshots.schedule());
    this.#renderTray();
  }

  #renderTray(): void {
    const { core } = this.#options;
    this.#tray?.render(trayState(core, core.clock.now()));
  }

  #reportUnshown(title: string): void {
    this.#options.core.logger.warn('The system refused a notification; the tray shows the failure', { title });
  }
}
