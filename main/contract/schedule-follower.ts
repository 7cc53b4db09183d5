import { withChange, type Schedule, type ScheduleChange } from './schedule-change.ts';

/** Changes that are kept while a whole schedule is awaited. */
const mostEarly = 1000;

/** What the owner of a follower does next. */
export interface Followed {
  /** The newest schedule that is known; null while a whole one is awaited. */
  readonly schedule: Schedule | null;
  /** A change was lost: ask for a whole schedule, and pass it to `start`. */
  readonly mustAsk: boolean;
}

/**
 * Keeps a schedule up to date by the changes that are sent, whatever is lost, repeated, or overtakes the whole schedule on its
 * way. It begins by awaiting a whole one.
 */
export class ScheduleFollower {
  #schedule: Schedule | null = null;
  /** Changes that arrived while a whole schedule was awaited, which may be older or newer than it. */
  #early: ScheduleChange[] = [];

  /** Takes a whole schedule. */
  start(schedule: Schedule): Followed {
    this.#schedule = schedule;
    let now: Followed = { schedule, mustAsk: false };
    for (const change of this.#early.splice(0)) {
      now = this.take(change);
      if (now.mustAsk) break;
    }
    return now;
  }

  /** Takes a change. */
  take(change: ScheduleChange): Followed {
    const schedule = this.#schedule;
    if (schedule === null) {
      this.#early.push(change);
      // What is missed by this shows as a gap, after which a whole schedule is asked for again.
      if (this.#early.length > mostEarly) this.#early.shift();
      return { schedule: null, mustAsk: false };
    }
    if (change.revision <= schedule.revision) return { schedule, mustAsk: false };
    if (change.from !== schedule.revision) {
      // The schedule to ask for now is newer than this change.
      this.reset();
      return { schedule: null, mustAsk: true };
    }
    this.#schedule = withChange(schedule, change);
    return { schedule: this.#schedule, mustAsk: false };
  }

  /** Awaits a whole schedule again. */
  reset(): void {
    this.#schedule = null;
    this.#early = [];
  }
}
