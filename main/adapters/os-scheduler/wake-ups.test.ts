import { expect, it } from 'vitest';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import { dayMs } from '../../domain/durations.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import { adapters } from './testing/evaluated-adapters.ts';
import { contextOf, groupOfSpec } from './testing/schedule-arbitraries.ts';

const ZONE = 'Europe/London';
const FROM_MS = Date.parse('2026-11-02T00:00Z');
const DAYS = 28;
/** A superset may wake the machine once an hour more than the schedule asks. */
const MOST_EXTRA = 24;

const schedules = [
  ...[
    '0 9 * * *',
    '*/15 9-16 * * 1-5',
    '30 6 * * *; 0 15 * * *; 45 20 * * *',
    '0 9 LW * *',
    '0 9 15W * *',
    '0 9 L-3 * *',
  ],
  ...[
    '0 9 13 * +5',
    '0 9 3WD * *',
    '0 9 * * 5 every 2 weeks from 2026-12-04',
    '0 9 * * * every 3 days from 2026-12-01',
  ],
  ...['0 9 1 * * every 5 months from 2026-12-01', '0 * * * * every 2 days from 2026-12-01'],
  ...['@every 90m', '@every 420m', '@every 36h', '1-59/2 9-17 * * 1-5'],
];
/** They have no large step in common with a day, and those that divide a week do so in UTC only: their dates are listed. */
const onlyAsDates = [
  ...['@every 65m', '@every 11m', '@every 25m', '@every 1441m', '@every 61m', '@every 13m'],
  ...['@every 7m', '@every 14m', '@every 35m', '@every 105m'],
];

/** What an entry lists when it is written at the start of a week. */
function listedDaysOf(name: string, text: string): number {
  const isDense = ['@every 7m', '@every 11m', '@every 13m', '@every 14m', '@every 25m', '@every 35m'].includes(text);
  const days: Readonly<Record<string, number>> = { systemd: 21, cron: 14, launchd: isDense ? 7 : 14 };
  return days[name] ?? DAYS;
}

const all = adapters.flatMap(({ name, ...adapter }) => [
  ...schedules.map((text) => ({ adapter, name, text, days: DAYS })),
  ...onlyAsDates.map((text) => ({ adapter, name, text, days: listedDaysOf(name, text) })),
]);

it.each(all)(
  '$name wakes the machine for "$text" at most once an hour more than it asks',
  ({ adapter, text, days }) => {
    const spec = cronSpec(text, ZONE);
    const context = contextOf(ZONE, FROM_MS);
    const untilMs = FROM_MS + days * dayMs;
    const fires = adapter.fires(adapter.translate(groupOfSpec(spec), context), context, FROM_MS, untilMs);
    const slots = slotsBetween(spec, FROM_MS, untilMs, 100_000);
    expect((fires.length - slots.length) / days).toBeLessThanOrEqual(MOST_EXTRA);
  },
);

const elsewhere = adapters.flatMap(({ name, ...adapter }) =>
  ['Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Kiritimati'].flatMap((zone) =>
    [
      { text: '@every 65m', most: 23 },
      { text: '@every 11m', most: 131 },
      { text: '@every 7m', most: 206 },
      { text: '@every 35m', most: 42 },
    ].map((schedule) => ({ adapter, name, zone, ...schedule })),
  ),
);

it.each(elsewhere)('$name does so for "$text" in $zone too, where the weeks of UTC end within a day', (given) => {
  const { adapter, name, zone, text, most } = given;
  const spec = cronSpec(text, zone);
  const context = contextOf(zone, FROM_MS);
  const untilMs = FROM_MS + listedDaysOf(name, text) * dayMs;
  const fires = adapter.fires(adapter.translate(groupOfSpec(spec), context), context, FROM_MS, untilMs);
  const byDay = new Map<number, number>();
  for (const fire of fires) byDay.set(Math.floor(fire / dayMs), (byDay.get(Math.floor(fire / dayMs)) ?? 0) + 1);
  expect(Math.max(...byDay.values())).toBeLessThanOrEqual(most + MOST_EXTRA);
});

const unrenewed = adapters.flatMap(({ name, ...adapter }) =>
  ['@every 65m', '@every 1441m', '@every 11m'].map((text) => ({ adapter, name, text })),
);

it.each(unrenewed)('$name loses no slot of "$text" if nothing renews its dates', ({ adapter, text }) => {
  const spec = cronSpec(text, ZONE);
  const context = contextOf(ZONE, FROM_MS);
  const untilMs = FROM_MS + 30 * dayMs;
  const fires = new Set(adapter.fires(adapter.translate(groupOfSpec(spec), context), context, FROM_MS, untilMs));
  expect(slotsBetween(spec, FROM_MS, untilMs, 100_000).filter((slot) => !fires.has(slot))).toEqual([]);
});
