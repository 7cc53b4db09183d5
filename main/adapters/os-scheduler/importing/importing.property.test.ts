import fc from 'fast-check';
import { build } from 'plist';
import { describe, expect, it } from 'vitest';
import { slotsBetween } from '../../../domain/timing/slots.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { SchedulerReading } from '../../../ports/import-files.ts';
import { runsOf } from '../../../testing/property-runs.ts';
import { clockChanges } from '../clock-changes.ts';
import { cronFires } from '../cron/evaluate.ts';
import { readCrontab } from '../cron/read-crontab.ts';
import { launchdFires } from '../launchd/evaluate.ts';
import { readAgents } from '../launchd/read-agent.ts';
import { calendarSpecs } from '../systemd/calendar-specs.ts';
import { readTimers } from '../systemd/read-timer.ts';
import { onCalendarFires } from '../testing/on-calendar.ts';
import { bases, contextOf, cronTexts, groupOf, schedule, zones } from '../testing/schedule-arbitraries.ts';
import { windowsFires } from '../windows/evaluate.ts';
import { readTasks } from '../windows/read-task.ts';
import { translateToWindows } from '../windows/translate.ts';

const DAY = 86_400_000;
const context = (timezone: string, nowMs: number) => ({ nowMs, timezone, homeDir: '/home/kim', username: 'kim' });

/** Returns the fires of a reading, each time once for each of its tasks. */
function slotsOf({ tasks }: SchedulerReading, fromMs: number, untilMs: number): number[] {
  return tasks
    .flatMap(({ schedules }) => schedules)
    .flatMap((spec: ScheduleSpec) => slotsBetween(spec, fromMs, untilMs, 100_000))
    .sort((a, b) => a - b);
}

/** Skips days with a clock change: every scheduler has its own rule for them, and the reading has a note. */
function onQuietDays(instants: readonly number[], timezone: string, fromMs: number, untilMs: number): number[] {
  const changes = clockChanges(timezone, { fromMs: fromMs - 2 * DAY, untilMs: untilMs + 2 * DAY });
  return instants.filter((at) => !changes.some(({ atMs }) => Math.abs(at - atMs) < 1.2 * DAY));
}

/** Until the 300th fire, or three years. */
function horizon(fromMs: number, fires: (untilMs: number) => number[]): number {
  for (const days of [1, 10, 100, 400]) {
    const last = fires(fromMs + days * DAY)[300];
    if (last !== undefined) return last;
  }
  return fromMs + 1200 * DAY;
}

/** Counts the imported entries, so that a reader that refuses everything does not pass. */
function expectSameFires(
  reading: SchedulerReading,
  fires: (untilMs: number) => number[],
  timezone: string,
  fromMs: number,
  what: string,
): number {
  if (reading.refused.length > 0) {
    expect(reading.refused[0]?.reason, what).toMatch(/\w{3}/);
    return 0;
  }
  const untilMs = horizon(fromMs, fires);
  const [theirs, ours] = [fires(untilMs), slotsOf(reading, fromMs, untilMs)].map((all) =>
    onQuietDays(all, timezone, fromMs, untilMs),
  );
  expect(ours, what).toEqual(theirs);
  return 1;
}

describe('an imported task fires when the other scheduler did', () => {
  it('crontab lines', { timeout: 3_600_000 }, () => {
    const runs = runsOf(150);
    let taken = 0;
    const lines = cronTexts.filter((text) => !/[L#?]/.test(text));
    fc.assert(
      fc.property(lines, zones, bases, (line, zone, fromMs) => {
        const reading = readCrontab(`${line} /bin/true\n`, context(zone, fromMs));
        const fires = (untilMs: number) => cronFires([line], zone, fromMs, { untilMs });
        taken += expectSameFires(reading, fires, zone, fromMs, `${line} in ${zone}`);
      }),
      { numRuns: runs, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(0.8 * runs);
  });

  it('systemd calendar events', { timeout: 3_600_000 }, () => {
    const runs = runsOf(150);
    let taken = 0;
    fc.assert(
      fc.property(cronTexts, zones, bases, (text, zone, fromMs) => {
        const { specs, repairs } = calendarSpecs(schedule(text, zone), fromMs);
        const base = specs.slice(0, specs.length - repairs);
        const timer = ['[Timer]', ...base.map((spec) => `OnCalendar=${spec}`)].join('\n');
        const files = { name: 'a.timer', timer: [timer], service: ['[Service]\nExecStart=/bin/true\n'] };
        const fires = (untilMs: number) => onCalendarFires(base, fromMs, untilMs);
        taken += expectSameFires(readTimers([files], context('UTC', fromMs)), fires, zone, fromMs, timer);
      }),
      { numRuns: runs, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(0.8 * runs);
  });

  it('launchd intervals', { timeout: 3_600_000 }, () => {
    const runs = runsOf(150);
    let taken = 0;
    const maybe = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: undefined });
    const interval = fc
      .record({
        Minute: maybe(0, 59),
        Hour: maybe(0, 23),
        Day: maybe(1, 28),
        Weekday: maybe(0, 7),
        Month: maybe(1, 12),
      })
      .map(
        (fields) =>
          Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<
            string,
            number
          >,
      );
    fc.assert(
      fc.property(fc.array(interval, { minLength: 1, maxLength: 4 }), zones, bases, (intervals, zone, fromMs) => {
        const text = build({ Label: 'a', ProgramArguments: ['/bin/true'], StartCalendarInterval: intervals });
        const reading = readAgents([{ name: 'a.plist', text }], context(zone, fromMs));
        const fires = (untilMs: number) => launchdFires(intervals, zone, fromMs, { untilMs });
        taken += expectSameFires(reading, fires, zone, fromMs, JSON.stringify(intervals));
      }),
      { numRuns: runs, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(0.5 * runs);
  });

  it('triggers of Task Scheduler', { timeout: 3_600_000 }, () => {
    // Its evaluator reads XML and works day by day.
    const runs = runsOf(20);
    let taken = 0;
    fc.assert(
      fc.property(cronTexts, bases, (text, fromMs) => {
        const [artifact] = translateToWindows(groupOf(text, 'UTC'), contextOf('UTC', fromMs)).artifacts;
        const xml = (artifact?.content ?? '').replace(/<URI>.*<\/URI>/, '');
        const reading = readTasks([{ name: 'a.xml', xml }], context('UTC', fromMs));
        const fires = (untilMs: number) => windowsFires(xml, 'UTC', fromMs, { untilMs });
        taken += expectSameFires(reading, fires, 'UTC', fromMs, xml);
      }),
      { numRuns: runs, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(0.7 * runs);
  });
});
