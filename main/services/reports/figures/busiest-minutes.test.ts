import { expect, it } from 'vitest';
import { BusiestMinutes } from './busiest-minutes.ts';

function minutesIn(zone: string, starts: Readonly<Record<string, number>>) {
  const minutes = new BusiestMinutes(zone);
  for (const [at, count] of Object.entries(starts)) minutes.add({ atMs: Date.parse(at), starts: count });
  return minutes.all();
}

it('a minute of the day counts the runs of all days, and remembers the fullest one', () => {
  expect(minutesIn('UTC', { '2026-11-23T09:00Z': 2, '2026-11-24T09:00Z': 5, '2026-11-25T09:00Z': 1 })).toEqual([
    { minute: 540, most: 5, at: '2026-11-24T09:00:00.000Z', starts: 8 },
  ]);
});

it('minutes in which one or two runs start are not busy, and only the five busiest are kept', () => {
  const starts = Object.fromEntries([2, 7, 3, 4, 5, 6, 8].map((count, hour) => [`2026-11-23T0${hour}:30Z`, count]));
  expect(minutesIn('UTC', starts).map(({ most }) => most)).toEqual([8, 7, 6, 5, 4]);
});

it('the day is that of the zone, on both sides of a clock change', () => {
  // New York: UTC−4 until 1 November 2026, 06:00 UTC, then UTC−5.
  const minutes = minutesIn('America/New_York', { '2026-10-31T13:00Z': 3, '2026-11-02T14:00Z': 4 });
  expect(minutes).toEqual([{ minute: 540, most: 4, at: '2026-11-02T14:00:00.000Z', starts: 7 }]);
  expect(minutesIn('Asia/Kolkata', { '2026-11-23T18:30Z': 3 })[0]?.minute).toBe(0);
});
