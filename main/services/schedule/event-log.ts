import { eventsOf } from '../../contract/schedule-rule.ts';
import type { EventName } from '../../contract/events.ts';
import type { Task } from '../../contract/task.ts';
import { secondMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventMemory, MachineEvents, NotedEvent } from '../../ports/machine-events.ts';

/** Systems may report one wake or unlock more than once. */
const sameEventMs = 10 * secondMs;

export interface EventLogNeeds {
  readonly memory: EventMemory;
  /** Loaded on use: most processes note nothing. */
  readonly machine: () => Promise<MachineEvents>;
  readonly clock: Clock;
}

/**
 * Notes the events that start tasks. Each is noted before anything starts for it, so a process that is killed in between
 * leaves a slot that the next fire runs or records as missed, and never runs twice.
 */
export class EventLog {
  readonly #needs: EventLogNeeds;

  constructor(needs: EventLogNeeds) {
    this.#needs = needs;
  }

  /** Returns the slots of a task in (`afterMs`, `untilMs`], in order: the events since the task was armed. */
  slotsOf(task: Task, afterMs: number, untilMs: number): number[] {
    const events = eventsOf(task);
    const armedMs = Date.parse(task.armedAt ?? task.createdAt);
    const slots = this.#needs.memory
      .read()
      .filter(({ event, since }) => events.includes(event) && Date.parse(since) >= armedMs)
      .map(({ at }) => Date.parse(at))
      .filter((slotMs) => slotMs > afterMs && slotMs <= untilMs);
    return [...new Set(slots)].sort((a, b) => a - b);
  }

  /**
   * Notes what an OS entry was started for. The slot is now, also for a start of the system that the person's first login
   * follows an hour later: no earlier process could start anything. What is already known is not noted again.
   */
  async noteFired(events: readonly EventName[]): Promise<void> {
    const nowMs = this.#needs.clock.now();
    const found = await this.#latest(events);
    // An event that the system cannot tell apart from earlier ones counts once for each start of the system, because the
    // entry says that it happened.
    const unknownId = found.size === events.length ? '' : await this.#startId(nowMs);
    const known = events.map((event) => noted(event, found.get(event) ?? { id: unknownId, sinceMs: nowMs }, nowMs));
    this.#needs.memory.note(known);
  }

  /** Notes, when the app or `serve` starts, the latest events that no OS entry fires. The slot is when they happened. */
  async noteStart(events: readonly EventName[]): Promise<void> {
    const found = await this.#latest(events);
    this.#needs.memory.note([...found].map(([event, happened]) => noted(event, happened, happened.sinceMs)));
  }

  /** Notes a wake or an unlock that the running app sees. Returns false if it was reported a moment ago. */
  noteNow(event: Extract<EventName, 'wake' | 'unlock'>): boolean {
    const nowMs = this.#needs.clock.now();
    const last = this.#needs.memory.read().findLast((earlier) => earlier.event === event);
    if (last !== undefined && Math.abs(nowMs - Date.parse(last.at)) < sameEventMs) return false;
    this.#needs.memory.note([noted(event, { id: new Date(nowMs).toISOString(), sinceMs: nowMs }, nowMs)]);
    return true;
  }

  /** Returns the id of the latest start of the system; of this moment if that is not known either. */
  async #startId(nowMs: number): Promise<string> {
    const start = await (await this.#needs.machine()).latest('startup');
    return start?.id ?? new Date(nowMs).toISOString();
  }

  async #latest(events: readonly EventName[]): Promise<Map<EventName, { id: string; sinceMs: number }>> {
    const found = new Map<EventName, { id: string; sinceMs: number }>();
    if (!events.some((event) => event === 'startup' || event === 'login')) return found;
    const machine = await this.#needs.machine();
    for (const event of events) {
      const happened = event === 'startup' || event === 'login' ? await machine.latest(event) : null;
      if (happened !== null) found.set(event, happened);
    }
    return found;
  }
}

function noted(event: EventName, happened: { id: string; sinceMs: number }, atMs: number): NotedEvent {
  const sinceMs = Math.min(happened.sinceMs, atMs);
  return { event, id: happened.id, at: new Date(atMs).toISOString(), since: new Date(sinceMs).toISOString() };
}
