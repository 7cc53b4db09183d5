import { afterEach, describe, expect, it, vi } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { assertTimeZone, knownTimeZones, machineTimeZone } from './time-zone.ts';
import { ZONE_LINKS } from './zone-links.ts';

function refusalOf(zone: string): SchedulerError {
  try {
    assertTimeZone(zone);
  } catch (error) {
    if (error instanceof SchedulerError) return error;
    throw error;
  }
  throw new Error(`"${zone}" was accepted`);
}

describe('time zones', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['europe/london', 'Europe/London'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['US/Eastern', 'America/New_York'],
    ['us/eastern', 'America/New_York'],
    ['Etc/UTC', 'UTC'],
    ['utc', 'UTC'],
    ['GMT', 'UTC'],
    ['Europe/Amsterdam', 'Europe/Amsterdam'],
    ['CET', 'CET'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['Europe/Kiev', 'Europe/Kyiv'],
  ])('%s is %s', (zone, canonical) => {
    expect(assertTimeZone(zone)).toBe(canonical);
  });

  it('have one canonical spelling', () => {
    for (const zone of [...knownTimeZones(), ...Object.values(ZONE_LINKS)]) expect(assertTimeZone(zone)).toBe(zone);
  });

  it.each([
    ['Tokyo', 'Asia/Tokyo'],
    ['New York', 'America/New_York'],
    ['Europe/Lodnon', 'Europe/London'],
    ['America/NewYork', 'America/New_York'],
  ])('suggests for %s', (zone, suggestion) => {
    const error = refusalOf(zone);
    expect(error.code).toBe('schedule/unknown-time-zone');
    expect(error.details['suggestions']).toContain(suggestion);
  });

  it.each(['', '+05:30', '../etc', 'Europe/London\n', 'x'.repeat(5000), 'Factory'])('refuses %j', (zone) => {
    expect(refusalOf(zone).code).toBe('schedule/unknown-time-zone');
  });

  it.each([
    ['UTC', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['Zulu', 'UTC'],
    ['Etc/GMT', 'UTC'],
    ['Africa/Abidjan', 'Africa/Abidjan'],
    ['Europe/London', 'Europe/London'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Pacific/Kiritimati', 'Pacific/Kiritimati'],
  ])('include the machine’s own, set to %s', (set, zone) => {
    vi.stubEnv('TZ', set);
    expect(machineTimeZone()).toBe(zone);
  });
});
