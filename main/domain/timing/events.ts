import type { EventName } from '../../contract/events.ts';

/** Each event as people say it, in the order in which events are stored. The contract has the same words. */
const texts = new Map<string, string>([
  ['startup', 'at startup'],
  ['login', 'at login'],
  ['unlock', 'on unlock'],
  ['wake', 'on wake'],
] satisfies [EventName, string][]);

const isEvent = (name: string): name is EventName => texts.has(name);

/** Returns the events in their stored order, each once; null if there are none, or one is not known. */
export function knownEvents(names: readonly string[]): readonly EventName[] | null {
  if (names.length === 0 || !names.every(isEvent)) return null;
  return [...texts.keys()].filter(isEvent).filter((event) => names.includes(event));
}

/** Returns `at login`, `at startup or on wake`. */
export const eventsText = (events: readonly EventName[]): string =>
  events.map((event) => texts.get(event) ?? event).join(' or ');
