import type { Task } from '../../contract/task.ts';
import { hourMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';

export interface CalendarKeeperNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly days: { prepare(tasks: readonly Pick<Task, 'policies'>[]): Promise<void> };
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Reads the calendars that tasks use in the primary: at its start, and each hour those that are older than a day or could
 * not be read. So a run that is due need not wait for a server, and previews know the days.
 */
export class CalendarKeeper {
  readonly #needs: CalendarKeeperNeeds;
  #cancelTimer: (() => void) | null = null;

  constructor(needs: CalendarKeeperNeeds) {
    this.#needs = needs;
  }

  start(): void {
    this.#arm(0);
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #arm(waitMs: number): void {
    this.#cancelTimer = this.#needs.clock.setTimer(() => void this.#refresh(), waitMs);
  }

  async #refresh(): Promise<void> {
    const { store, days, logger } = this.#needs;
    try {
      await days.prepare(Object.values(store.read().tasks).filter(({ status }) => status !== 'completed'));
    } catch (problem) {
      logger.warn('Could not look for calendars to read', { problem: messageOf(problem) });
    }
    // After `stop` there is no timer any more.
    if (this.#cancelTimer !== null) this.#arm(hourMs);
  }
}
