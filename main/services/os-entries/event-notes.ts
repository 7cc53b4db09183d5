import { eventsOfEntry, eventTexts, type EventName } from '../../contract/events.ts';
import type { OsSchedulerKind } from '../../contract/settings.ts';

/** Who notices an event that no entry of the OS scheduler can start a task for. */
const noticed: Readonly<Record<EventName, string>> = {
  startup: 'the app or `serve` notices the start of the computer if it starts itself within two minutes of it',
  login: 'the app or `serve` notices a login if it starts itself within two minutes of it',
  unlock: 'the app notices that the screen is unlocked; nothing starts while it does not run',
  wake: 'the app notices that the computer wakes, and so does `serve` on Linux; nothing starts while neither runs',
};

/** Returns a sentence for each event that entries of this kind do not fire. */
export function eventNotes(kind: OsSchedulerKind, events: readonly EventName[]): string[] {
  const fired = eventsOfEntry(kind, events);
  return events
    .filter((event) => !fired.includes(event))
    .map((event) => `No entry of the OS scheduler (${kind}) starts tasks ${eventTexts[event]}: ${noticed[event]}.`);
}
