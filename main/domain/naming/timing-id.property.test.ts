import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronTexts, instants, zones } from '../../testing/cron-texts.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { parseCron } from '../cron/parse-cron.ts';
import { SchedulerError } from '../errors.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { specOf, storedSchedule } from '../timing/spec-of.ts';
import { timingId, timingName } from './timing-id.ts';

function cronSpec(text: string, timezone: string): ScheduleSpec | null {
  try {
    return { kind: 'cron', cron: parseCron(text), timezone };
  } catch (error) {
    if (error instanceof SchedulerError) return null;
    throw error;
  }
}

const specs: fc.Arbitrary<ScheduleSpec | null> = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(cronTexts, zones).map(([text, zone]) => cronSpec(text, zone)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(instants, zones)
      .map(([atMs, timezone]) => ({ kind: 'once' as const, atMs: atMs - (atMs % 60_000), timezone })),
  },
);

describe('timing ids', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it('never collide, stay the same for the same schedule, and are valid file names on any system', async () => {
    const taken = new Map<string, string>();
    const idOfKey = new Map<string, string>();
    let hashed = 0;
    await checkProperty(
      'timing ids',
      2000,
      fc.property(specs, (spec) => {
        if (spec === null) return;
        const key = scheduleKey(spec);
        const id = timingId(spec, { machineTimezone: 'Europe/London', taken });
        expect(taken.get(id) ?? key, id).toBe(key);
        expect(idOfKey.get(key) ?? id).toBe(id);
        expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(id.length).toBeLessThanOrEqual(64);
        expect(timingName(spec, 'Europe/London', '24h')).not.toMatch(/undefined|NaN|null/);
        if (!taken.has(id) && /^custom-/.test(id)) hashed += 1;
        taken.set(id, key);
        idOfKey.set(key, id);
      }),
    );
    console.log(`timing ids: ${taken.size} groups, ${hashed} of them named by a hash`);
    expect(taken.size).toBe(idOfKey.size);
  });

  it('belong to a key that survives storage', async () => {
    await checkProperty(
      'stored schedules',
      1000,
      fc.property(specs, (spec) => {
        if (spec === null) return;
        const again = specOf(JSON.parse(JSON.stringify(storedSchedule(spec))) as ReturnType<typeof storedSchedule>);
        expect(scheduleKey(again)).toBe(scheduleKey(spec));
        expect(again).toEqual(spec);
      }),
    );
  });
});
