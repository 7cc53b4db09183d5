import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { minuteMs, dayMs } from '../../domain/durations.ts';
import { clockChanges, repairHorizon, slotsAround } from './clock-changes.ts';
import type { ClockChange, Horizon } from './clock-changes.ts';
import { entryLines, haveCronDays } from './entry-lines.ts';
import { ruleMatches, shiftedRules } from './machine-rules.ts';
import type { MachineRule } from './machine-rules.ts';
import { sortedUnique } from './number-runs.ts';
import { offsetMinutes, offsetSpans, wallTime, wallTimeAt } from './zone-offsets.ts';
import type { WallTime } from './zone-offsets.ts';

/** A slot near a clock change at which the rules alone may not fire. */
export interface Repair {
  readonly slotMs: number;
  /**
   * Why the slot needs a repair. `unsaid`: no rule fires at its local time. `second-run`: a rule does, but that local
   * time is repeated and the slot is the later one, which some OS schedulers skip. `second-date`: both, no rule fires
   * at a repeated local time.
   */
  readonly why: 'unsaid' | 'second-run' | 'second-date';
}

/** A schedule in the machine's local time, for OS schedulers without time zones. */
export interface MachinePlan {
  readonly rules: readonly MachineRule[];
  readonly repairs: readonly Repair[];
  /** Rules that match in the second run of a repeated hour although there is no slot. */
  readonly echoes: readonly MachineRule[];
  /** Rules that match a local time skipped by a clock change: some OS schedulers run them right after the gap. */
  readonly skipped: readonly MachineRule[];
  /** False: the rules also fire at other times. */
  readonly exact: boolean;
}

/**
 * Returns the schedule as rules in the machine's zone. If the difference between the two zones varies, the rules cover
 * every difference, each in its months: an entry may fire more often than the schedule, never less
 * (docs/architecture.md, decision D3).
 */
export function machinePlan(schedule: ScheduleSpec, machineTimezone: string, nowMs: number): MachinePlan {
  if (schedule.kind === 'event') return { rules: [], repairs: [], echoes: [], skipped: [], exact: true };
  if (schedule.kind === 'once') {
    return { rules: [], repairs: [{ slotMs: schedule.atMs, why: 'unsaid' }], echoes: [], skipped: [], exact: true };
  }
  const horizon = repairHorizon(nowMs);
  const entry = entryLines(schedule);
  const shifts = zoneShifts(entry.timezone, machineTimezone, horizon);
  const parts = shifts.flatMap(({ shift, months }) =>
    entry.lines.map(({ sets }) => {
      const { rules, exact } = shiftedRules(sets, shift);
      return { rules: rules.flatMap((rule) => inMonths(rule, months)), exact };
    }),
  );
  const rules = parts.flatMap((part) => part.rules);
  const machineChanges = clockChanges(machineTimezone, horizon);
  const slots = slotsAround(schedule, [...clockChanges(entry.timezone, horizon), ...machineChanges]);
  return {
    rules,
    repairs: repairsOf(slots, machineTimezone, rules, machineChanges),
    echoes: echoesOf(slots, machineTimezone, rules, machineChanges),
    skipped: skippedOf(machineTimezone, rules, machineChanges),
    exact: entry.exact && haveCronDays(entry.lines) && shifts.length === 1 && parts.every((part) => part.exact),
  };
}

interface ZoneShift {
  /** Minutes by which the machine's clock is ahead of the group's clock. */
  readonly shift: number;
  /** Months of the machine's calendar with this difference. */
  readonly months: readonly number[];
}

function zoneShifts(timezone: string, machineTimezone: string, horizon: Horizon): ZoneShift[] {
  const monthsOfShift = new Map<number, number[]>();
  for (const span of offsetSpans(timezone, horizon.fromMs, horizon.untilMs)) {
    for (const machine of offsetSpans(machineTimezone, span.fromMs, span.untilMs)) {
      const shift = machine.offset - span.offset;
      const months = monthsTouched(
        machine.fromMs + machine.offset * minuteMs,
        machine.untilMs + machine.offset * minuteMs,
      );
      monthsOfShift.set(shift, sortedUnique([...(monthsOfShift.get(shift) ?? []), ...months]));
    }
  }
  return [...monthsOfShift].map(([shift, months]) => ({ shift, months }));
}

/** Returns the months of the machine's calendar from one wall-clock time until just before another. */
function monthsTouched(fromWall: number, untilWall: number): number[] {
  if (untilWall - fromWall > 360 * dayMs) return Array.from({ length: 12 }, (_, index) => index + 1);
  const months = [];
  for (let at = fromWall; at < untilWall; at += dayMs) months.push(new Date(at).getUTCMonth() + 1);
  return sortedUnique([...months, new Date(untilWall - minuteMs).getUTCMonth() + 1]);
}

function inMonths(rule: MachineRule, months: readonly number[]): MachineRule[] {
  const both = rule.months.filter((month) => months.includes(month));
  return both.length === 0 ? [] : [{ ...rule, months: both }];
}

function repairsOf(
  slots: readonly number[],
  machineTimezone: string,
  rules: readonly MachineRule[],
  machineChanges: readonly ClockChange[],
): Repair[] {
  return slots.flatMap((slotMs): Repair[] => {
    const wall = wallTime(machineTimezone, slotMs);
    if (!rules.some((rule) => ruleMatches(rule, wall))) return [{ slotMs, why: 'unsaid' }];
    return isSecondRun(slotMs, machineChanges) ? [{ slotMs, why: 'second-run' }] : [];
  });
}

function echoesOf(
  slots: readonly number[],
  machineTimezone: string,
  rules: readonly MachineRule[],
  machineChanges: readonly ClockChange[],
): MachineRule[] {
  const known = new Set(slots);
  const walls: WallTime[] = [];
  for (const { kind, atMs, untilMs } of machineChanges) {
    for (let at = atMs; kind === 'repeat' && at < untilMs; at += minuteMs) {
      if (!known.has(at)) walls.push(wallTime(machineTimezone, at));
    }
  }
  return rules.filter((rule) => walls.some((wall) => ruleMatches(rule, wall)));
}

function skippedOf(
  machineTimezone: string,
  rules: readonly MachineRule[],
  machineChanges: readonly ClockChange[],
): MachineRule[] {
  const walls: WallTime[] = [];
  for (const { kind, atMs, untilMs } of machineChanges) {
    const before = offsetMinutes(machineTimezone, atMs - minuteMs);
    for (let at = atMs; kind === 'gap' && at < untilMs; at += minuteMs) walls.push(wallTimeAt(at, before));
  }
  return rules.filter((rule) => walls.some((wall) => ruleMatches(rule, wall)));
}

export const isSecondRun = (slotMs: number, changes: readonly ClockChange[]): boolean =>
  changes.some((change) => change.kind === 'repeat' && slotMs >= change.atMs && slotMs < change.untilMs);
