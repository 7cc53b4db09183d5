import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  bases,
  cronTexts,
  newKinds,
  schedule,
  zones,
} from '../../adapters/os-scheduler/testing/schedule-arbitraries.ts';
import { hourMs } from '../../domain/durations.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { withEarlyFires } from './early-fires.ts';

const most = 15;
const kinds: fc.Arbitrary<(zone: string) => ScheduleSpec> = fc.oneof(
  newKinds,
  cronTexts.map((text) => (zone: string) => schedule(text, zone)),
);
const hours = fc.integer({ min: 1, max: 23 });

/** Returns which of these times are none of the schedule's. */
function missing(times: readonly number[], entry: ScheduleSpec): string[] {
  return times.filter((time) => nextSlots(entry, time - 1, 1)[0] !== time).map((time) => new Date(time).toISOString());
}

it(
  'an entry with early fires has every slot of its schedule, in every zone and across clock changes',
  async () => {
    const property = fc.property(kinds, hours, zones, bases, (kind, before, zone, fromMs) => {
      const spec = kind(zone);
      expect(missing(nextSlots(spec, fromMs, most), withEarlyFires(spec, before))).toEqual([]);
    });
    await checkProperty('slots of entries with early fires', 150, property);
  },
  PROPERTY_TIMEOUT_MS,
);

it(
  'where clocks do not change, it also fires that many hours before each slot',
  async () => {
    const property = fc.property(kinds, hours, bases, (kind, before, fromMs) => {
      const spec = kind('UTC');
      const entry = withEarlyFires(spec, before);
      if (entry === spec) return;
      const early = nextSlots(spec, fromMs, most).map((slotMs) => slotMs - before * hourMs);
      expect(missing(early, entry)).toEqual([]);
    });
    await checkProperty('early fires', 80, property);
  },
  PROPERTY_TIMEOUT_MS,
);
