import type { Application } from '../application/application.ts';
import { specOf } from '../domain/timing/spec-of.ts';
import type { HandlersOf } from './handlers.ts';

/** Parses schedules, and returns their slots and load. */
export function scheduleHandlers(application: Application): HandlersOf<'schedule'> {
  return {
    'schedule.parse': async ({ phrase, timezone, calendars }) =>
      (await (await application.tasks()).understand(phrase, timezone, { calendars })).answer,
    'schedule.words': async (stored) => {
      // Loaded on use, as reading a phrase is elsewhere.
      const { wordsOf } = await import('../domain/phrase/words-of.ts');
      return { words: wordsOf(specOf(stored), application.timeStyle().clock) };
    },
    'schedule.slots': async ({ timingId, from, until, limit }) =>
      (await application.tasks()).starts(timingId, Date.parse(from), Date.parse(until), limit),
    'schedule.load': async ({ from, until, stepMs }) =>
      (await application.snapshots()).load({ fromMs: Date.parse(from), untilMs: Date.parse(until), stepMs }),
  };
}
