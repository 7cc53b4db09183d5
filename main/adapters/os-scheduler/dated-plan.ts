import { dayMs } from '../../domain/durations.ts';
import { listedDates, weekMs } from '../../domain/timing/interval-spec.ts';
import type { IntervalSchedule, ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import type { OsGroup, TranslateContext } from '../../ports/os-scheduler.ts';
import { clockChanges, repairHorizon } from './clock-changes.ts';
import { isWeekly, wakesTooOften } from './entry-lines.ts';
import { isSecondRun, machinePlan } from './machine-plan.ts';
import type { MachinePlan, Repair } from './machine-plan.ts';
import { lengths } from './machine-rules.ts';
import type { MachineRule } from './machine-rules.ts';
import { wallTime } from './zone-offsets.ts';
import type { WallTime } from './zone-offsets.ts';

/** A plan that lists the slots of some days as dates. Its rules fire on all other days of the year. */
export interface DatedPlan extends MachinePlan {
  /** The last listed day, `2026-12-06`. */
  readonly listedUntil: string;
}

/** This week and the next one, or this week alone where two are too many dates. */
const listedWeeks = [2, 1];
/** More than the slots of two weeks: one a minute. */
const mostSlots = 30_000;

/**
 * Returns a plan for OS schedulers whose dates have no year, or null if rules alone serve the schedule, or if even the
 * dates of a week do not fit. The rules cover every day that is not listed, so an entry that nothing renews starts more
 * often, and loses nothing until its dates recur a year later.
 *
 * @param fits whether an entry can hold the dates of so many weeks
 */
export function datedPlan(
  schedule: ScheduleSpec,
  machineTimezone: string,
  nowMs: number,
  fits: (dates: readonly Repair[], weeks: number) => boolean,
): DatedPlan | null {
  if (!listsDates(schedule, machineTimezone, nowMs)) return null;
  for (const weeks of listedWeeks) {
    const { fromMs, untilMs } = listedDates(nowMs, weeks);
    const days = daysOf(machineTimezone, fromMs, untilMs);
    const isListed = (slotMs: number): boolean => days.has(dateText(wallTime(machineTimezone, slotMs)));
    // Weeks are of UTC: elsewhere their last day ends after them. What was before them is over.
    const slots = slotsBetween(schedule, fromMs - 1, untilMs + dayMs, mostSlots).filter(isListed);
    const changes = clockChanges(machineTimezone, repairHorizon(nowMs));
    const dates = slots.map((slotMs): Repair => {
      return { slotMs, why: isSecondRun(slotMs, changes) ? 'second-date' : 'unsaid' };
    });
    if (!fits(dates, weeks)) continue;
    const { rules, repairs } = machinePlan(schedule, machineTimezone, nowMs);
    // A repair of another year would recur on a listed day of this one.
    const listedDays = new Set([...days.keys()].map((date) => date.slice(5)));
    const recursThere = ({ slotMs }: Repair): boolean =>
      listedDays.has(dateText(wallTime(machineTimezone, slotMs)).slice(5));
    return {
      rules: rules.flatMap((rule) => onOtherDays(rule, [...days.values()])),
      repairs: [...repairs.filter((repair) => !recursThere(repair)), ...dates],
      echoes: [],
      skipped: [],
      exact: false,
      listedUntil: [...days.keys()].at(-1) ?? '',
    };
  }
  return null;
}

/** What an entry with listed dates says about itself. */
export const datedNote = (scheduler: string, { listedUntil }: DatedPlan): string =>
  `${scheduler} cannot express this exactly: the slots until ${listedUntil} are listed as dates, and the list is renewed every week. If nothing renews it, the entry also starts at other times after that day, when nothing is due; no slot is lost.`;

/**
 * Returns whether an entry is what would be written now, or what was written last week: listed dates are renewed at the
 * first slot of a week, and until then the days after them are covered.
 */
export function isCurrent(
  { schedule }: OsGroup,
  context: TranslateContext,
  isAsWritten: (context: TranslateContext) => boolean,
): boolean {
  const { fromMs, machineTimezone } = context;
  if (isAsWritten(context)) return true;
  return listsDates(schedule, machineTimezone, fromMs) && isAsWritten({ ...context, fromMs: fromMs - weekMs });
}

/** The times of the weekdays of UTC move with the machine's clock: rules would have to hold those of summer and winter. */
const listsDates = (schedule: ScheduleSpec, machineTimezone: string, nowMs: number): schedule is IntervalSchedule =>
  schedule.kind === 'interval' &&
  (wakesTooOften(schedule) || (isWeekly(schedule) && clockChanges(machineTimezone, repairHorizon(nowMs)).length > 0));

const dateText = ({ year, month, day }: WallTime): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** Returns the days of the machine's calendar that a period touches, by their date. */
function daysOf(timezone: string, fromMs: number, untilMs: number): Map<string, MonthDay> {
  const days = new Map<string, MonthDay>();
  for (let atMs = fromMs; atMs < untilMs + dayMs; atMs += dayMs) {
    const wall = wallTime(timezone, Math.min(atMs, untilMs - 1));
    days.set(dateText(wall), { month: wall.month, day: wall.day });
  }
  return days;
}

/** Returns a rule for every day of the year but the listed ones. The rules of an interval are for every day. */
function onOtherDays(rule: MachineRule, listed: readonly MonthDay[]): MachineRule[] {
  const touched = new Set(listed.map(({ month }) => month));
  const whole = rule.months.filter((month) => !touched.has(month));
  const parts = rule.months
    .filter((month) => touched.has(month))
    .map((month): MachineRule => {
      const taken = new Set(listed.filter((date) => date.month === month).map(({ day }) => day));
      const length = Math.max(...lengths(month));
      const days = Array.from({ length }, (_, index) => index + 1).filter((day) => !taken.has(day));
      return { ...rule, months: [month], days: { kind: 'month-days', days } };
    })
    .filter(({ days }) => days.kind === 'month-days' && days.days.length > 0);
  return [...(whole.length > 0 ? [{ ...rule, months: whole }] : []), ...parts];
}
