import type { Outside } from '../application/outside.ts';
import type { PrimaryListener } from '../application/running/primary.ts';
import type { SnapshotOperations } from '../application/operations.ts';
import type { Execution } from '../contract/execution.ts';
import { AtMostEvery } from '../domain/pace/at-most-every.ts';
import { messageOf } from '../domain/errors.ts';
import type { Host } from './host.ts';

/** The first change is sent at once. Those within this time after it, in ms, are sent as one event: each costs a look at all tasks. */
const gatherMs = 50;

export interface WindowEventsNeeds {
  readonly clock: Outside['clock'];
  readonly logger: Outside['logger'];
  readonly snapshots: Pick<SnapshotOperations, 'change'>;
  readonly host: Pick<Host, 'desktopState' | 'send'>;
  /** Called after a change of the schedule was sent to the windows. */
  readonly scheduleSent?: () => void;
}

/** Sends changes to the windows: executions at once, what changed in the schedule at most once per `gatherMs`. */
export class WindowEvents implements PrimaryListener {
  readonly #needs: WindowEventsNeeds;
  readonly #schedule: AtMostEvery;
  #missing = false;

  constructor(needs: WindowEventsNeeds) {
    this.#needs = needs;
    const { clock, logger } = needs;
    const send = (): void => {
      this.#sendSchedule().catch((problem: unknown) => {
        logger.error('Could not notify the window of a change', { problem: messageOf(problem) });
      });
    };
    this.#schedule = new AtMostEvery(gatherMs, send, (action, delayMs) => clock.setTimer(action, delayMs));
  }

  scheduleChanged(): void {
    this.#schedule.ask();
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
    host.send('schedule.changed', await snapshots.change(host.desktopState()));
    scheduleSent?.();
  }
}
