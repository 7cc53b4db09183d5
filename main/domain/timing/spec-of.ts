import { DateTime } from 'luxon';
import type { ScheduleRule } from '../../contract/schedule-rule.ts';
import { parseCron } from '../cron/parse-cron.ts';
import { SchedulerError } from '../errors.ts';
import { combinedOf, combinedSpec } from './combined-spec.ts';
import { knownEvents } from './events.ts';
import { intervalSpec } from './interval-spec.ts';
import type { CombinedSchedule, IntervalSchedule, ScheduleSpec } from './schedule-spec.ts';
import { assertTimeZone } from './time-zone.ts';

/** A schedule as stored in `schedule.json`. */
export interface StoredSchedule {
  readonly cronExpression: string;
  readonly timezone: string;
  /** Only for a one-shot: its instant. */
  readonly runAt?: string | undefined;
  /** What `cronExpression` cannot say. */
  readonly scheduleRule?: ScheduleRule | undefined;
}

const definedPhase = (every: ScheduleRule['every']): CombinedSchedule['phase'] =>
  every === undefined ? null : { count: every.count, unit: every.unit, from: every.from };

/** The same as `neverRunAt` of the contract, of which this folder uses types only. */
const neverMs = Date.UTC(2199, 0, 1);

/** Returns the schedule of a rule; null if it says nothing that this version knows. */
function ruled(
  { lines, crons, every, interval }: ScheduleRule,
  cronExpression: string,
  timezone: string,
): CombinedSchedule | IntervalSchedule | null {
  if (interval !== undefined) return intervalSpec(interval.minutes, Date.parse(interval.from), timezone);
  if (lines === undefined && crons === undefined && every === undefined) return null;
  return combinedOf((lines ?? crons ?? [cronExpression]).map(parseCron), definedPhase(every), timezone);
}

/**
 * Returns the schedule of a stored task or timing.
 *
 * @throws SchedulerError of `parseCron` and `assertTimeZone`, or `schedule/invalid-instant` for an invalid `runAt`.
 */
export function specOf(stored: StoredSchedule): ScheduleSpec {
  const timezone = assertTimeZone(stored.timezone);
  if (stored.runAt === undefined) return recurringOf(stored, timezone);
  const atMs = Date.parse(stored.runAt);
  if (Number.isNaN(atMs)) {
    throw new SchedulerError(
      'schedule/invalid-instant',
      `runAt "${stored.runAt}" is not an instant. Write it like 2026-12-03T14:15:00.000Z.`,
      { field: 'runAt', value: stored.runAt },
    );
  }
  return (atMs === neverMs ? timeless(stored.scheduleRule, timezone) : null) ?? { kind: 'once', atMs, timezone };
}

/** Returns a schedule without times; null if the rule has no events, or one that this version does not know. */
function timeless(rule: ScheduleRule | undefined, timezone: string): ScheduleSpec | null {
  if (rule?.events?.length === 0) return { kind: 'on-demand', timezone };
  const events = knownEvents(rule?.events ?? []);
  return events === null ? null : { kind: 'event', events, timezone };
}

/** An older version changes `cronExpression` and keeps the rule of the schedule before: that rule no longer counts. */
function recurringOf({ cronExpression, scheduleRule }: StoredSchedule, timezone: string): ScheduleSpec {
  const spec = scheduleRule === undefined ? null : ruled(scheduleRule, cronExpression, timezone);
  // Parsing takes most of the time of reading, and what this version wrote is canonical.
  if (spec?.cover.canonical === cronExpression) return spec;
  const cron = parseCron(cronExpression);
  return spec?.cover.canonical === cron.canonical ? spec : combinedSpec([cron], null, timezone);
}

/** The fields of a task or group that hold its schedule. */
interface StoredFields {
  readonly cronExpression: string;
  readonly timezone: string;
  readonly runAt?: string;
  readonly scheduleRule?: ScheduleRule;
}

function ruleOf(spec: CombinedSchedule | IntervalSchedule): ScheduleRule {
  if (spec.kind === 'interval')
    return { interval: { minutes: spec.minutes, from: new Date(spec.anchorMs).toISOString() } };
  const crons = spec.lines.map(({ canonical }) => canonical);
  const isCover = crons.length === 1 && crons[0] === spec.cover.canonical;
  const isExact = spec.lines.some(({ sets }) => sets.days.exact !== undefined);
  return {
    ...(isCover ? {} : isExact ? { lines: crons } : { crons }),
    ...(spec.phase === null ? {} : { every: { ...spec.phase } }),
  };
}

/**
 * Returns the stored form of a schedule. A one-shot's `cronExpression` is its minute, hour, day and month in its zone. A
 * task on demand, or with events, is stored as a one-shot that no version ever runs at its instant.
 */
export function storedSchedule(spec: ScheduleSpec): StoredFields {
  const { timezone } = spec;
  if (spec.kind === 'cron') return { cronExpression: spec.cron.canonical, timezone };
  if (spec.kind === 'on-demand' || spec.kind === 'event') {
    const events = spec.kind === 'event' ? [...spec.events] : [];
    return { ...storedSchedule({ kind: 'once', atMs: neverMs, timezone }), scheduleRule: { events } };
  }
  if (spec.kind !== 'once') return { cronExpression: spec.cover.canonical, timezone, scheduleRule: ruleOf(spec) };
  const local = DateTime.fromMillis(spec.atMs, { zone: timezone });
  const cronExpression = `${local.minute} ${local.hour} ${local.day} ${local.month} *`;
  return { cronExpression, timezone, runAt: new Date(spec.atMs).toISOString() };
}
