import { z } from 'zod';

/** What can start a task instead of a time, in the order in which events are stored. */
export const eventNameSchema = z.enum(['startup', 'login', 'unlock', 'wake']);
export type EventName = z.infer<typeof eventNameSchema>;

/** Each event as people write it in a schedule. */
export const eventTexts: Readonly<Record<EventName, string>> = {
  startup: 'at startup',
  login: 'at login',
  unlock: 'on unlock',
  wake: 'on wake',
};

const nextEventTexts: Readonly<Record<EventName, string>> = {
  startup: 'at the next startup',
  login: 'at the next login',
  unlock: 'at the next unlock',
  wake: 'when the computer next wakes',
};

/** Returns when a task with events runs next: `at the next login`, `at the next startup or when the computer next wakes`. */
export const nextEventText = (events: readonly EventName[]): string =>
  events.map((event) => nextEventTexts[event]).join(' or ');
