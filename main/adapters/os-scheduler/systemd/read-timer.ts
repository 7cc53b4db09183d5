import { DateTime } from 'luxon';
import type { Policies } from '../../../contract/task.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import type { SchedulerReading, ReadTask } from '../../../ports/import-files.ts';
import { clockChangeNotes, cronSpecs, Findings, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { expressionsOf } from '../reading/rules.ts';
import { readCalendarEvent } from './read-calendar.ts';
import { readExec } from './read-exec.ts';
import { timeSpan, Unit } from './read-unit.ts';
import { readMarker } from './unit-file.ts';

/** A timer's file, followed by its drop-ins. */
export interface TimerFiles {
  /** `backup.timer`. */
  readonly name: string;
  readonly timer: readonly string[];
  /** The unit that it starts, or null if it was not found. */
  readonly service: readonly string[] | null;
}

/** Returns the name of the unit that a timer starts. */
export function serviceOf(name: string, timer: readonly string[]): string {
  return new Unit(timer).one('Timer', 'Unit') ?? name.replace(/\.timer$/, '.service');
}

/** Reads timers of the person's own systemd. Skips those of this app. */
export function readTimers(timers: readonly TimerFiles[], context: ReadingContext): SchedulerReading {
  const findings = new Findings();
  for (const files of timers) {
    if (files.timer.some((text) => readMarker(text) !== null)) continue;
    const name = files.name.replace(/\.timer$/, '');
    findings.attempt(files.name, name, () => readTimer(files, context));
  }
  return findings.reading('systemd');
}

const monotonic: Readonly<Record<string, string>> = {
  OnBootSec: 'after the machine started',
  OnStartupSec: 'after your login',
  OnActiveSec: 'after the timer was started',
  OnUnitActiveSec: 'after the unit last started',
  OnUnitInactiveSec: 'after the unit last ended',
  OnClockChange: 'when the clock is set',
  OnTimezoneChange: 'when the time zone changes',
};

/** Returns what the time span of a setting such as `OnBootSec` counts from, in words. */
export const monotonicMeaning = (setting: string): string => monotonic[setting] ?? '';

/** Returns the schedules of `OnCalendar=` values; null if there are none, or if cron expressions cannot express them. */
export function calendarSchedules(events: readonly string[], machineTimezone: string): ScheduleSpec[] | null {
  if (events.length === 0) return null;
  try {
    return specsOf(events.map(readCalendarEvent), machineTimezone);
  } catch (problem) {
    if (problem instanceof Unsaid) return null;
    throw problem;
  }
}

function readTimer({ name, timer, service }: TimerFiles, context: ReadingContext): ReadTask {
  const unit = new Unit(timer);
  if (service === null) throw new Unsaid(`The unit it starts, ${serviceOf(name, timer)}, was not found.`);
  const program = new Unit(service);
  const notes: string[] = [];
  const schedules = schedulesOf(unit, context, notes);
  const exec = readExec(program, { ...context, unit: serviceOf(name, timer) });
  const title = unit.one('Unit', 'Description') ?? program.one('Unit', 'Description');
  return {
    source: name,
    name: name.replace(/\.timer$/, ''),
    ...(title === undefined ? {} : { description: title }),
    schedules,
    parameters: exec.parameters,
    ...(exec.workingDirectory === undefined ? {} : { workingDirectory: exec.workingDirectory }),
    ...(Object.keys(exec.env).length === 0 ? {} : { env: exec.env }),
    policies: { ...policiesOf(unit, program), overlap: 'skip' },
    notes: [
      ...notes,
      ...droppedDirectives(unit),
      ...exec.notes,
      ...clockChangeNotes(schedules, context.nowMs, 'systemd'),
    ],
  };
}

function schedulesOf(unit: Unit, context: ReadingContext, notes: string[]): ScheduleSpec[] {
  const others = Object.keys(monotonic).filter((name) => unit.all('Timer', name).length > 0);
  const events = unit.all('Timer', 'OnCalendar').map(readCalendarEvent);
  const explained = others
    .map((name) => `${name}=${unit.one('Timer', name) ?? ''} (${monotonic[name] ?? ''})`)
    .join(', ');
  if (events.length === 0) {
    throw new Unsaid(
      others.length === 0
        ? 'It has no OnCalendar=, so it does not run by the clock.'
        : `It runs relative to an event, not by the clock: ${explained}. Tasks here run by the clock, for example "every 15 minutes".`,
    );
  }
  if (others.length > 0) notes.push(`It also ran relative to an event: ${explained}. That is not imported.`);
  return specsOf(events, context.timezone);
}

function specsOf(events: readonly ReturnType<typeof readCalendarEvent>[], machineTimezone: string): ScheduleSpec[] {
  const zones = new Set(events.map(({ timezone }) => timezone ?? machineTimezone));
  const [timezone = machineTimezone] = zones;
  if (zones.size > 1) throw new Unsaid('Its times are in several time zones. Create one task for each.');
  const once = events.flatMap((event): ScheduleSpec[] =>
    event.kind === 'once' ? [{ kind: 'once', atMs: instantOf(event.wallMs, timezone), timezone }] : [],
  );
  const rules = events.flatMap((event) => (event.kind === 'rule' ? [event.rule] : []));
  if (once.length > 0 && rules.length > 0)
    throw new Unsaid('It mixes dates and recurring times. Create one task for each.');
  if (once.length > 0) return once;
  const expressions = expressionsOf(rules);
  if (expressions === null)
    throw new Unsaid('Several of its times fall on the same minute, which cron expressions cannot express.');
  if (expressions.length === 0) throw new Unsaid('Its dates do not exist.');
  return cronSpecs(expressions, timezone);
}

function instantOf(wallMs: number, timezone: string): number {
  return DateTime.fromMillis(wallMs, { zone: 'utc' }).setZone(timezone, { keepLocalTime: true }).toMillis();
}

/** Directives of a timer that have no counterpart here, with what is different without them. */
const dropped: Readonly<Record<string, string>> = {
  WakeSystem: 'the machine is not woken for it',
  RandomizedOffsetSec: 'it runs at the same moment on every machine',
  FixedRandomDelay: 'the random delay differs from run to run',
  OnClockChange: 'a change of the clock starts nothing',
  OnTimezoneChange: 'a change of the time zone starts nothing',
};

function droppedDirectives(timer: Unit): string[] {
  return Object.entries(dropped).flatMap(([name, effect]) => {
    const value = timer.one('Timer', name);
    const isOff = value === undefined || /^(?:no|false|off|0)?$/i.test(value);
    return isOff ? [] : [`${name}=${value} is not imported: ${effect}.`];
  });
}

function policiesOf(timer: Unit, service: Unit): Policies {
  const delay = spanOf(timer, 'Timer', 'RandomizedDelaySec');
  const limits = [spanOf(service, 'Service', 'TimeoutStartSec'), spanOf(service, 'Service', 'RuntimeMaxSec')];
  const limit = Math.min(...limits.flatMap((ms) => (ms === undefined || ms === null || ms === 0 ? [] : [ms])));
  const nice = Number(service.one('Service', 'Nice'));
  return {
    ...(/^(?:yes|true|on|1)$/i.test(timer.one('Timer', 'Persistent') ?? '') ? { catchUp: 'once' } : {}),
    ...(delay == null || delay === 0 ? {} : { jitterMs: Math.round(delay) }),
    ...(Number.isFinite(limit) ? { timeoutMs: Math.max(1, Math.round(limit)) } : {}),
    ...(Number.isInteger(nice) && nice > 0 && nice <= 19 ? { nice } : {}),
  };
}

function spanOf(unit: Unit, section: string, name: string): number | null | undefined {
  const written = unit.one(section, name);
  if (written === undefined) return undefined;
  const ms = timeSpan(written);
  if (ms === undefined) throw new Unsaid(`${name}=${written} is not a supported time span.`);
  return ms;
}
