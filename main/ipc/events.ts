import type { Outside } from '../application/outside.ts';
import type { PrimaryListener } from '../application/running/primary.ts';
import type { SnapshotOperations } from '../application/operations.ts';
import type { Execution } from '../contract/execution.ts';
import { messageOf } from '../domain/errors.ts';
import type { Host } from './host.ts';

/** Changes within this time, in ms, are sent as one event, because each event contains the whole schedule. */
const gatherMs = 50;

export interface WindowEventsNeeds {
  readonly clock: Outside['clock'];
  readonly logger: Outside['logger'];
  readonly snapshots: Pick<SnapshotOperations, 'schedule'>;
  readonly host: Pick<Host, 'desktopState' | 'send'>;
  /** Called after a new schedule was sent to the windows. */
  readonly scheduleSent?: () => void;
}

/** Sends changes to the windows: executions at once, the whole schedule at most once per `gatherMs`. */
export class WindowEvents implements PrimaryListener {
  readonly #needs: WindowEventsNeeds;
  #gathering = false;
  #missing = false;

  constructor(needs: WindowEventsNeeds) {
    this.#needs = needs;
  }

  scheduleChanged(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    const { clock, logger } = this.#needs;
    clock.setTimer(() => {
      this.#gathering = false;
      this.#sendSchedule().catch((problem: unknown) => {
        logger.error('Could not notify the window of a change', { problem: messageOf(problem) });
      });
    }, gatherMs);
  }

  executionsChanged(executions: Execution[]): void {
    this.#needs.host.send('executions.changed', { executions });
  }

  executionsRemoved(executionIds: readonly string[]): void {
    this.#needs.host.send('executions.removed', { executionIds: [...executionIds] });
  }

  proposalsChanged(): void {
    this.scheduleChanged();
  }

  settingsChanged(news: Parameters<PrimaryListener['settingsChanged']>[0]): void {
    this.#needs.host.send('settings.changed', news);
    this.scheduleChanged();
  }

  /** A wake-up settles the slots of many tasks, one after the other: windows get one event. */
  slotsSettled(slots: Parameters<PrimaryListener['slotsSettled']>[0]): void {
    const isNews = slots.some(({ reason }) => reason === 'missed' || reason === 'catch-up-window');
    if (!isNews || this.#missing) return;
    this.#missing = true;
    this.#needs.clock.setTimer(() => {
      this.#missing = false;
      this.#needs.host.send('slots.missed', {});
    }, gatherMs);
  }

  /** The tasks carry what needs attention. */
  attentionChanged(): void {
    this.scheduleChanged();
  }

  async #sendSchedule(): Promise<void> {
    const { host, snapshots, scheduleSent } = this.#needs;
    host.send('schedule.changed', await snapshots.schedule(host.desktopState()));
    scheduleSent?.();
  }
}
