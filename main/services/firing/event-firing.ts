import type { EventName } from '../../contract/events.ts';
import { eventsOf } from '../../contract/schedule-rule.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { secondMs } from '../../domain/durations.ts';
import type { EventLog } from '../schedule/event-log.ts';
import { needsEntry } from '../schedule/timing-groups.ts';

/** The two clocks of the system that tell how long it slept drift apart by less. */
const shortestSleepMs = secondMs;

export interface EventFiringNeeds {
  readonly events: Pick<EventLog, 'noteStart' | 'noteNow'>;
  /** Returns those of the events at which no entry of the OS scheduler starts tasks. */
  unfired(events: readonly EventName[]): Promise<readonly EventName[]>;
  /** Returns how long the machine has slept, in ms; null if that is not known, or if something else says that it woke. */
  sleptMs(): number | null;
}

export interface EventGroups {
  /** Returns the schedule; null if it cannot be read. */
  file(): ScheduleFile | null;
  fire(timingId: string): void;
}

/** Fires the groups of the events that the running app notices itself. */
export class EventFiring {
  readonly #needs: EventFiringNeeds;
  readonly #groups: EventGroups;
  #sleptMs: number | null = null;

  constructor(needs: EventFiringNeeds, groups: EventGroups) {
    this.#needs = needs;
    this.#groups = groups;
  }

  /** Notes the latest start and login, for groups that no entry of the OS scheduler fires then. @throws SchedulerError `store/…` */
  async start(): Promise<void> {
    this.#sleptMs = this.#needs.sleptMs();
    const wanted = (['startup', 'login'] as const).filter((event) => this.#groupsOf([event]).length > 0);
    const events = wanted.length === 0 ? [] : await this.#needs.unfired(wanted);
    if (events.length === 0) return;
    await this.#needs.events.noteStart(events);
    for (const timingId of this.#groupsOf(events)) this.#groups.fire(timingId);
  }

  /** Notes nothing if no group has this event. @throws SchedulerError `store/…` */
  happened(event: 'wake' | 'unlock'): void {
    const groups = this.#groupsOf([event]);
    if (groups.length === 0 || !this.#needs.events.noteNow(event)) return;
    for (const timingId of groups) this.#groups.fire(timingId);
  }

  /** Looks whether the machine has slept since the last look. @throws SchedulerError `store/…` */
  look(): void {
    const sleptMs = this.#needs.sleptMs();
    const before = this.#sleptMs;
    this.#sleptMs = sleptMs;
    if (sleptMs !== null && before !== null && sleptMs - before > shortestSleepMs) this.happened('wake');
  }

  #groupsOf(events: readonly EventName[]): string[] {
    const file = this.#groups.file();
    const timings = file === null ? [] : Object.values(file.timings).filter((timing) => needsEntry(file, timing));
    return timings.filter((timing) => eventsOf(timing).some((event) => events.includes(event))).map(({ id }) => id);
  }
}
