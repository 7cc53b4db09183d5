import type { EventName } from '../contract/events.ts';
import type { EventMemory, Happened, MachineEvents, NotedEvent } from '../ports/machine-events.ts';

/** What a machine in memory says of its events; a test changes it. */
export interface HappenedInMemory {
  readonly latest: Map<EventName, Happened>;
  sleptMs: number | null;
}

export const machineEventsOf = (happened: HappenedInMemory): MachineEvents => ({
  latest: (event) => Promise.resolve(happened.latest.get(event) ?? null),
  sleptMs: () => happened.sleptMs,
});

export function memoryEvents(): EventMemory {
  const noted: NotedEvent[] = [];
  const isKnown = (one: NotedEvent) => noted.some(({ event, id }) => event === one.event && id === one.id);
  return { read: () => [...noted], note: (events) => void noted.push(...events.filter((one) => !isKnown(one))) };
}
