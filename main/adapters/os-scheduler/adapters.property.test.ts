import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSlots } from '../../domain/timing/slots.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS, runsOf } from '../../testing/property-runs.ts';
import { repairHorizon } from './clock-changes.ts';
import { adapters } from './testing/evaluated-adapters.ts';
import { bases, contextOf, cronTexts, groupOf, schedule, zones } from './testing/schedule-arbitraries.ts';

const SLOTS = 500;

/** How many expressions each adapter is tried with. */
const RUNS = 300;

/** Samoa left out 30 December 2011. */
const dayLeftOut: [string, string, string, boolean, number] = [
  ...(['14,27 20 * 4,12 *', 'Pacific/Apia', 'UTC'] as const),
  true,
  Date.parse('2011-12-28T12:07:00Z'),
];

describe.each(adapters)('$name', ({ name, translate, fires }) => {
  it(
    'fires at each of the engine’s next 500 slots, and at no other time if it claims to be exact',
    { timeout: PROPERTY_TIMEOUT_MS },
    async () => {
      let exact = 0;
      let worst = { rate: 0, what: '' };
      await checkProperty(
        `entries, ${name}`,
        RUNS,
        fc.property(cronTexts, zones, zones, fc.boolean(), bases, (text, zone, otherZone, same, fromMs) => {
          const machineZone = same ? zone : otherZone;
          const context = contextOf(machineZone, fromMs);
          const group = groupOf(text, zone);
          const translation = translate(group, context);
          const slots = nextSlots(schedule(text, zone), fromMs, SLOTS).filter(
            (slot) => slot < repairHorizon(fromMs).untilMs,
          );
          const found = fires(translation, context, fromMs, slots.at(-1) ?? fromMs);
          const known = new Set(found);
          const lost = slots.filter((slot) => !known.has(slot)).map((slot) => new Date(slot).toISOString());
          const what = `${text} in ${zone} on a machine in ${machineZone}\n${translation.artifacts[0]?.content ?? ''}`;
          expect(lost, `lost: ${what}`).toEqual([]);
          if (translation.covers === 'exact') {
            exact += 1;
            expect(found.length, `not exact: ${what}`).toBe(slots.length);
          } else {
            const days = Math.max(1, ((slots.at(-1) ?? fromMs) - fromMs) / 86_400_000);
            const rate = (found.length - slots.length) / days;
            if (rate > worst.rate) worst = { rate, what: `${text} in ${zone} on ${machineZone}` };
          }
        }),
        { endOnFailure: true, examples: [dayLeftOut] },
      );
      console.log(
        `${name}: ${runsOf(RUNS)} expressions, ${exact} exact, at most ${worst.rate.toFixed(1)} extra fires a day (${worst.what})`,
      );
    },
  );
});
