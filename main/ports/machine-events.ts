import type { EventName } from '../contract/events.ts';

/** One start of the system, or one login. */
export interface Happened {
  /** Differs from the id of every other start, or login, of this machine. */
  readonly id: string;
  /** When it happened, in epoch ms. */
  readonly sinceMs: number;
}

/** What this machine knows of its own events. */
export interface MachineEvents {
  /** Returns the latest start of the system, or the login of this session; null if this process cannot know. */
  latest(event: Extract<EventName, 'startup' | 'login'>): Promise<Happened | null>;
  /** Returns how long the machine has slept since it started, in ms; null if the system does not say. */
  sleptMs(): number | null;
}

/** An event that was noticed. */
export interface NotedEvent {
  readonly event: EventName;
  readonly id: string;
  /** The slot: ISO instant. */
  readonly at: string;
  /** When it happened: ISO instant, not after `at`. A task that was created later does not run for it. */
  readonly since: string;
}

/** `events.json`: the latest events, so that none starts a task twice, whichever process notices it. */
export interface EventMemory {
  /** Oldest first. @throws SchedulerError `store/events-unreadable` */
  read(): readonly NotedEvent[];
  /** Adds events under the lock of all writers, except those whose event and id are known. @throws SchedulerError `store/…` */
  note(events: readonly NotedEvent[]): void;
}
