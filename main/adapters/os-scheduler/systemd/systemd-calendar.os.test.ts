import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cronSpec } from '../../../domain/timing/cron-spec.ts';
import { listedDates } from '../../../domain/timing/interval-spec.ts';
import { nextSlots } from '../../../domain/timing/slots.ts';
import { runsOf } from '../../../testing/property-runs.ts';
import { repairHorizon } from '../clock-changes.ts';
import { createCommandRunner } from '../run-program.ts';
import { onCalendarFires } from '../testing/on-calendar.ts';
import { bases, contextOf, cronTexts, groupOf, groupOfSpec, zones } from '../testing/schedule-arbitraries.ts';
import { translateToSystemd } from './translate.ts';
import { UserManager } from './user-manager.ts';

const run = createCommandRunner();
const manager = new UserManager(run, process.env['XDG_RUNTIME_DIR'] ?? null);

it('our reading of calendar events is systemd’s', async (test) => {
  if ((await run('systemd-analyze', ['--version'])).exitCode !== 0) test.skip('systemd-analyze is not installed');
  await fc.assert(
    fc.asyncProperty(cronTexts, zones, bases, async (text, zone, fromMs) => {
      const { artifacts } = translateToSystemd(groupOf(text, zone), contextOf('UTC', fromMs));
      const specs = [...(artifacts[0]?.content ?? '').matchAll(/^OnCalendar=(.*)$/gm)].map((match) => match[1] ?? '');
      const real = await manager.elapses(specs, fromMs, 40);
      const until = real.at(-1) ?? fromMs;
      expect(real).toEqual(onCalendarFires(specs, fromMs, until).slice(0, 40));
      const known = repairHorizon(fromMs).untilMs;
      const slots = nextSlots(groupOf(text, zone).schedule, fromMs, 40).filter((slot) => slot < known);
      expect(real.filter((fire) => fire < known)).toEqual(slots);
    }),
    { numRuns: runsOf(120), endOnFailure: true },
  );
});

it.for([
  ['@every 65m', '2026-11-30T00:00Z'],
  ['@every 65m', '2026-12-06T23:59Z'],
  ['@every 11m', '2026-10-05T00:00Z'],
  ['@every 1441m', '2028-02-07T12:00Z'],
] as const)(
  '%s, written at %s, elapses at its slots, and at all of them after its listed dates',
  async ([text, from], test) => {
    if ((await run('systemd-analyze', ['--version'])).exitCode !== 0) test.skip('systemd-analyze is not installed');
    const fromMs = Date.parse(from);
    const { artifacts } = translateToSystemd(groupOfSpec(cronSpec(text, 'Europe/London')), contextOf('UTC', fromMs));
    const specs = [...(artifacts[0]?.content ?? '').matchAll(/^OnCalendar=(.*)$/gm)].map((match) => match[1] ?? '');
    const schedule = cronSpec(text, 'Europe/London');
    const listed = nextSlots(schedule, fromMs, 12);
    expect(await manager.elapses(specs, fromMs, 12)).toEqual(listed);
    const endMs = listedDates(fromMs, 3).untilMs - 30 * 60_000;
    const later = await manager.elapses(specs, endMs, 200);
    expect(later).toEqual(onCalendarFires(specs, endMs, later.at(-1) ?? endMs));
    expect(later).toEqual(
      expect.arrayContaining(nextSlots(schedule, endMs, 200).filter((slot) => slot <= (later.at(-1) ?? endMs))),
    );
  },
);

it.for([
  ['30 1,17 * * *', 'Europe/Dublin', '2028-03-25T00:00Z'],
  ['35 2,17 * * *', 'Africa/Casablanca', '2028-03-04T00:00Z'],
  ['*/20 1-20 * * *', 'Europe/Dublin', '2028-03-25T00:00Z'],
] as const)(
  '%s in %s runs for the rest of a day whose clocks skip one of its times',
  async ([text, zone, from], test) => {
    if ((await run('systemd-analyze', ['--version'])).exitCode !== 0) test.skip('systemd-analyze is not installed');
    const fromMs = Date.parse(from);
    const { artifacts } = translateToSystemd(groupOf(text, zone), contextOf('UTC', fromMs));
    const specs = [...(artifacts[0]?.content ?? '').matchAll(/^OnCalendar=(.*)$/gm)].map((match) => match[1] ?? '');
    const slots = nextSlots(groupOf(text, zone).schedule, fromMs, 100);
    expect(await manager.elapses(specs, fromMs, slots.length)).toEqual(slots);
  },
);
