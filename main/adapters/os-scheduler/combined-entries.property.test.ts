import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSlots } from '../../domain/timing/slots.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { repairHorizon } from './clock-changes.ts';
import { adapters } from './testing/evaluated-adapters.ts';
import { bases, contextOf, groupOfSpec, newKinds, zones } from './testing/schedule-arbitraries.ts';

const SLOTS = 100;
/** For each of four OS schedulers. */
const RUNS = 25;

describe.each(adapters)('$name', ({ name, translate, fires }) => {
  const what = 'fires at each of the next slots of several lines, every nth period and intervals';
  it(what, { timeout: PROPERTY_TIMEOUT_MS }, () =>
    checkProperty(
      `entries of new kinds, ${name}`,
      RUNS,
      fc.property(newKinds, zones, zones, fc.boolean(), bases, (kind, zone, otherZone, same, fromMs) => {
        const machineZone = same ? zone : otherZone;
        const context = contextOf(machineZone, fromMs);
        const spec = kind(zone);
        const group = groupOfSpec(spec);
        const translation = translate(group, context);
        const until = repairHorizon(fromMs).untilMs;
        const slots = nextSlots(spec, fromMs, SLOTS).filter((slot) => slot < until);
        const found = fires(translation, context, fromMs, slots.at(-1) ?? fromMs);
        const known = new Set(found);
        const lost = slots.filter((slot) => !known.has(slot)).map((slot) => new Date(slot).toISOString());
        const what = `${group.key} on a machine in ${machineZone}\n${translation.artifacts[0]?.content ?? ''}`;
        expect(lost, `lost: ${what}`).toEqual([]);
        if (translation.covers === 'exact') expect(found.length, `not exact: ${what}`).toBe(slots.length);
      }),
      { endOnFailure: true },
    ),
  );
});
