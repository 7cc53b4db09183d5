import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { zoned } from './zoned-format.ts';

const zone = process.env['TZ'];

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-25T09:41:20.000Z') }));
afterEach(() => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

test('a format is made once for many rows', () => {
  expect(zoned({ weekday: 'short' }, 'Asia/Tokyo')).toBe(zoned({ weekday: 'short' }, 'Asia/Tokyo'));
  expect(zoned({ weekday: 'short' }, 'Asia/Tokyo')).not.toBe(zoned({ weekday: 'short' }));
});

test('a system that moves to another zone is shown in it, at once if its clock differs and else within a minute', () => {
  const zoneOf = () => zoned({ timeZoneName: 'short' }).resolvedOptions().timeZone;
  process.env['TZ'] = 'Europe/Berlin';
  vi.advanceTimersByTime(61_000);
  expect(zoneOf()).toBe('Europe/Berlin');
  process.env['TZ'] = 'Asia/Tokyo';
  expect(zoneOf()).toBe('Asia/Tokyo');
  process.env['TZ'] = 'Asia/Seoul';
  expect(zoneOf()).toBe('Asia/Tokyo');
  vi.advanceTimersByTime(61_000);
  expect(zoneOf()).toBe('Asia/Seoul');
});
