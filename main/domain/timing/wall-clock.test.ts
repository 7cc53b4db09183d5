import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { expect, it } from 'vitest';
import { runsOf } from '../../testing/property-runs.ts';
import { hourMs, minuteMs } from '../durations.ts';
import { offsetAt } from './wall-clock.ts';
import { zoneChanges } from './zone-changes.ts';

const zones = [
  'Africa/Monrovia', // 44.5 minutes from UTC until 1972
  'America/St_Johns', // changed at one minute past midnight until 2011
  'Antarctica/Troll', // two hours at once
  'Asia/Kathmandu',
  'Australia/Lord_Howe', // half an hour, in the middle of an hour of UTC
  'Europe/Berlin',
  'Pacific/Apia', // skipped a day
];
const luxonSays = (zone: string, instantMs: number): number => IANAZone.create(zone).offset(instantMs) * minuteMs;

it('the offset is the one that Intl gives, whatever was asked before', () => {
  const instant = fc.oneof(
    fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2100, 0) }),
    fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }),
    fc.nat(8 * 366 * 24).map((hours) => Date.UTC(2024, 0) + hours * hourMs),
  );
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, (zone, instantMs) => {
      expect(offsetAt(zone, instantMs)).toBe(luxonSays(zone, instantMs));
    }),
    { numRuns: runsOf(2000) },
  );
});

it.each(zones)('in %s, it changes at the very ms', (zone) => {
  for (const { atMs, before, after } of zoneChanges(zone, Date.UTC(1970, 0), Date.UTC(2030, 0))) {
    const around = [-hourMs, -minuteMs, -1, 0, 1, minuteMs, hourMs].map((ms) => atMs + ms);
    expect(around.map((ms) => offsetAt(zone, ms))).toEqual(around.map((ms) => luxonSays(zone, ms)));
    expect([offsetAt(zone, atMs - minuteMs), offsetAt(zone, atMs)]).toEqual([before, after]);
  }
});
