import type { Outside } from '../application/outside.ts';
import type { FollowListener } from '../application/running/primary.ts';
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
export class WindowEvents implements FollowListener {
  readonly #needs: WindowEventsNeeds;
  readonly #schedule: AtMostEvery;
  readonly #missed: AtMostEvery;

  constructor(needs: WindowEventsNeeds) {
    this.#needs = needs;
    const { clock, logger } = needs;
    const send = (): void => {
      this.#sendSchedule().catch((problem: unknown) => {
        logger.error('Could not notify the window of a change', { problem: messageOf(problem) });
      });
    };
    const timer = (action: () => void, delayMs: number) => clock.setTimer(action, delayMs);
    this.#schedule = new AtMostEvery(gatherMs, send, timer);
    this.#missed = new AtMostEvery(gatherMs, () => needs.host.send('slots.missed', {}), timer);
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

  settingsChanged(news: Parameters<FollowListener['settingsChanged']>[0]): void {
    this.#needs.host.send('settings.changed', news);
    this.scheduleChanged();
  }

  slotsMissed(): void {
    this.#missed.ask();
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
