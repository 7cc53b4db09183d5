import { DateTime } from 'luxon';
import { combinedSpec } from '../../../domain/timing/combined-spec.ts';
import type { Phase } from '../../../domain/timing/phase.ts';
import type { ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import { minuteMs, dayMs } from '../../../domain/durations.ts';
import { cronSpecs, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { everyDay, everyMonth, expressionsOf } from '../reading/rules.ts';
import type { Rule } from '../reading/rules.ts';
import { byTime, calendarRules, DAY, phaseOf, triggerSchema } from './trigger-days.ts';
import type { Trigger } from './trigger-days.ts';

export interface TriggerReading {
  readonly schedules: readonly ScheduleSpec[];
  /** ISO instant of the last end, if every trigger has an end. */
  readonly endDate: string | undefined;
  readonly jitterMs: number;
  readonly notes: readonly string[];
}

/** Triggers that do not fire by the clock. */
const events: Readonly<Record<string, string>> = {
  BootTrigger: 'at the start of the machine',
  LogonTrigger: 'at logon',
  IdleTrigger: 'when the machine is idle',
  EventTrigger: 'on an event in the log',
  RegistrationTrigger: 'when the task is registered',
  SessionStateChangeTrigger: 'on a change of the session',
  WnfStateChangeTrigger: 'on a change in the system',
};

/**
 * Reads the `Triggers` of a Task Scheduler task.
 * @throws Unsaid with the reason
 */
export function readTriggers(raw: Readonly<Record<string, unknown>>, context: ReadingContext): TriggerReading {
  const notes = Object.keys(raw)
    .filter((name) => Object.hasOwn(events, name))
    .map((name) => `${name} is not imported: it fires ${events[name] ?? ''}, not by the clock.`);
  const triggers = (['TimeTrigger', 'CalendarTrigger'] as const).flatMap((kind) =>
    listOf(raw[kind]).map((trigger) => ({ kind, trigger: parsedTrigger(kind, trigger) })),
  );
  const enabled = triggers.filter(({ trigger }) => trigger.Enabled !== 'false');
  if (enabled.length < triggers.length) notes.push('A disabled trigger is not imported.');
  if (enabled.length === 0) {
    throw new Unsaid(
      notes.length === 0 ? 'It has no trigger.' : `It has no trigger that fires by the clock. ${notes.join(' ')}`,
    );
  }
  const read = enabled.map(({ kind, trigger }) => readTrigger(kind, trigger, context, notes));
  const ends = enabled.map(({ trigger }) => trigger.EndBoundary);
  const endMs = ends.map((end) => (end === undefined ? Number.NaN : boundaryOf(end, context.timezone).atMs));
  return {
    schedules: specsOf(read),
    endDate: endMs.some(Number.isNaN) ? undefined : new Date(Math.max(...endMs)).toISOString(),
    jitterMs: Math.max(...enabled.map(({ trigger }) => minutesOf(trigger.RandomDelay ?? 'PT0S') * minuteMs)),
    notes: [...new Set(notes)],
  };
}

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];

function parsedTrigger(kind: string, raw: unknown): Trigger {
  const trigger = triggerSchema.safeParse(raw);
  if (trigger.success) return trigger.data;
  const issue = trigger.error.issues[0];
  throw new Unsaid(`Its ${kind} is not supported: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`);
}

type Read =
  | { readonly kind: 'once'; readonly atMs: number; readonly timezone: string }
  | {
      readonly kind: 'rules';
      readonly rules: readonly Rule[];
      readonly phase: Phase | null;
      readonly timezone: string;
    };

function readTrigger(kind: string, trigger: Trigger, context: ReadingContext, notes: string[]): Read {
  if (trigger.StartBoundary === undefined) throw new Unsaid('Its trigger has no start.');
  const start = boundaryOf(trigger.StartBoundary, context.timezone);
  if (start.second > 0) notes.push(`It started at second ${start.second}; tasks here run on full minutes.`);
  const times = timesOf(start.minuteOfDay, trigger.Repetition);
  const { timezone } = start;
  if (kind === 'TimeTrigger') {
    if (times === null) return { kind: 'once', atMs: start.atMs - start.second * 1000, timezone };
    if (times.duration !== null)
      throw new Unsaid('It repeats for a limited time after one date, and cron has no year.');
    if (start.atMs > context.nowMs) notes.push(`It begins on ${new Date(start.atMs).toISOString()}: resume it then.`);
    return { kind: 'rules', rules: [...byTime(times.minutes, everyMonth, () => everyDay)], phase: null, timezone };
  }
  if (start.atMs > context.nowMs + dayMs)
    notes.push(`It begins on ${new Date(start.atMs).toISOString()}: resume it then.`);
  const minutes = times?.minutes ?? [start.minuteOfDay];
  const phase = phaseOf(trigger, start.date, minutes);
  return { kind: 'rules', rules: calendarRules(trigger, minutes), phase, timezone };
}

interface Boundary {
  readonly atMs: number;
  /** The local date of the start: `2026-12-04`. */
  readonly date: string;
  readonly minuteOfDay: number;
  readonly second: number;
  readonly timezone: string;
}

/** Returns local time, or UTC or an offset if the text says so: then every start uses it, whatever the clock does. */
function boundaryOf(text: string, machineTimezone: string): Boundary {
  const [, local, offset] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text.trim()) ?? [];
  const timezone = offset === undefined ? machineTimezone : zoneOfOffset(offset);
  const at = DateTime.fromISO(local ?? '', { zone: timezone });
  if (!at.isValid) throw new Unsaid(`"${text.slice(0, 60)}" is not a date and time.`);
  const { hour, minute, second } = DateTime.fromISO(local ?? '', { zone: 'utc' });
  return { atMs: at.toMillis(), date: (local ?? '').slice(0, 10), minuteOfDay: hour * 60 + minute, second, timezone };
}

function zoneOfOffset(offset: string): string {
  if (offset === 'Z' || /^[+-]00:00$/.test(offset)) return 'UTC';
  const [, sign = '', hours = '', minutes = ''] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  if (minutes !== '00') throw new Unsaid(`Its times are at ${offset} from UTC, which has no time zone here.`);
  // These names have the opposite sign (tz database, `etcetera`).
  return `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`;
}

/**
 * Returns the minutes of the day at which it starts; those of the next day are 1440 and more. Null: it does not repeat.
 */
function timesOf(
  start: number,
  repetition: Trigger['Repetition'],
): { readonly minutes: number[]; readonly duration: number | null } | null {
  if (repetition === undefined) return null;
  const interval = minutesOf(repetition.Interval);
  const duration = repetition.Duration === undefined ? null : minutesOf(repetition.Duration);
  if (!Number.isInteger(interval) || interval < 1)
    throw new Unsaid(`It repeats every ${repetition.Interval}, which is not in minutes.`);
  const lasting = duration === null || duration >= DAY;
  if (lasting && DAY % interval !== 0) {
    throw new Unsaid(
      `It repeats every ${interval} minutes without end: only intervals that divide a day evenly can be imported.`,
    );
  }
  if (duration !== null && duration > DAY) throw new Unsaid('It repeats for longer than a day.');
  const count = lasting ? DAY / interval : Math.ceil(duration / interval);
  return { minutes: Array.from({ length: count }, (_, index) => start + index * interval), duration };
}

/** Returns `P1DT2H30M` in minutes. */
function minutesOf(text: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text.trim());
  if (match === null) throw new Unsaid(`"${text.slice(0, 60)}" is not a duration.`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return days * DAY + hours * 60 + minutes + seconds / 60;
}

function specsOf(read: readonly Read[]): ScheduleSpec[] {
  const zones = new Set(read.map(({ timezone }) => timezone));
  const [timezone = 'UTC'] = zones;
  if (zones.size > 1) throw new Unsaid('Its triggers are in different time zones. Create one task for each.');
  const once = read.flatMap((each): ScheduleSpec[] =>
    each.kind === 'once' ? [{ kind: 'once', atMs: each.atMs, timezone }] : [],
  );
  const recurring = read.flatMap((each) => (each.kind === 'rules' ? [each] : []));
  const rules = recurring.flatMap((each) => each.rules);
  const [phase] = recurring.flatMap((each) => each.phase ?? []);
  if (phase !== undefined && recurring.length > 1)
    throw new Unsaid(`One of its triggers runs every ${phase.count} ${phase.unit}s. Create one task for each trigger.`);
  if (once.length > 0 && rules.length > 0)
    throw new Unsaid('It mixes dates and recurring times. Create one task for each.');
  if (once.length > 0) return once;
  const expressions = expressionsOf(rules);
  if (expressions === null)
    throw new Unsaid('Several of its times fall on the same minute, which cron expressions cannot express.');
  return phase === undefined ? cronSpecs(expressions, timezone) : [combinedSpec(expressions, phase, timezone)];
}
