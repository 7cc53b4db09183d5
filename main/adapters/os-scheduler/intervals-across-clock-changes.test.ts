import { describe, expect, it } from 'vitest';
import { dayMs } from '../../domain/durations.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import { adapters } from './testing/evaluated-adapters.ts';
import { contextOf, groupOf, schedule } from './testing/schedule-arbitraries.ts';

const expressions = ['*/30 1-6 * * *', '*/10 0-3 * * *', '*/15 1,2 * * 0', '*/5 2 * * *', '5,25,45 0-4 * * *'];
/** A zone and a moment up to two days before its clocks change. */
const changes: readonly (readonly [zone: string, before: string])[] = [
  ['Europe/Berlin', '2026-10-24T12:00Z'],
  ['Europe/Berlin', '2027-03-27T12:00Z'],
  ['America/New_York', '2026-10-31T12:00Z'],
  ['America/New_York', '2027-03-13T12:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T12:00Z'],
  ['Africa/Casablanca', '2027-02-06T12:00Z'],
];

describe.each(adapters)('$name', ({ translate, fires }) => {
  it.each(expressions.flatMap((text) => changes.map(([zone, before]) => [text, zone, before] as const)))(
    'fires at each slot of %s in %s, after %s, when the clocks change',
    (text, zone, before) => {
      const fromMs = Date.parse(before);
      const untilMs = fromMs + 3 * dayMs;
      for (const machineZone of [zone, 'UTC', 'Asia/Kathmandu']) {
        const context = contextOf(machineZone, fromMs);
        const translation = translate(groupOf(text, zone), context);
        const slots = slotsBetween(schedule(text, zone), fromMs, untilMs, 1000);
        const found = new Set(fires(translation, context, fromMs, untilMs));
        const lost = slots.filter((slot) => !found.has(slot)).map((slot) => new Date(slot).toISOString());
        expect(lost, `on a machine in ${machineZone}`).toEqual([]);
        if (translation.covers === 'exact') expect(found.size).toBe(slots.length);
      }
    },
  );
});
