import type { CronSets, DayRule } from '../../../domain/cron/cron-sets.ts';
import type { CronSchedule, IntervalSchedule, ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import { dayMs } from '../../../domain/durations.ts';
import { clockChanges, repairHorizon, slotsAround } from '../clock-changes.ts';
import { entryLines, wakesTooOften } from '../entry-lines.ts';
import { laterDates, lastListedDay, listedSlots } from './dated-interval.ts';
import { exactDates } from './exact-dates.ts';
import { listText, sortedUnique } from '../number-runs.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

export interface CalendarSpecs {
  /** Values for `OnCalendar=`; the timer elapses when any of them does. */
  readonly specs: readonly string[];
  /** How many of them repair a clock change. */
  readonly repairs: number;
  /** False: the timer also elapses at other times, when nothing is due. */
  readonly exact: boolean;
  /** The last day whose slots are listed as dates. After it, the timer elapses more often. */
  readonly listedUntil?: string;
}

/**
 * Returns the schedule as systemd calendar events (`man 7 systemd.time`). Days of the month and weekdays become two
 * events, because systemd joins them by AND where cron joins them by OR.
 */
export function calendarSpecs(schedule: ScheduleSpec, nowMs: number): CalendarSpecs {
  if (schedule.kind === 'once') return { specs: instants([schedule.atMs]), repairs: 0, exact: true };
  if (schedule.kind === 'interval' && wakesTooOften(schedule)) return listedSpecs(schedule, nowMs);
  const { lines, timezone, exact } = entryLines(schedule);
  const base = lines.flatMap(({ sets }) => {
    const time = timeText(sets.hours, sets.minutes);
    return dateTexts(sets).map((date) => `${date} ${time} ${timezone}`);
  });
  const saysDays = lines.every(
    ({ sets }) => sets.days.exact === undefined || exactDates(sets.days.exact, sets.months) !== null,
  );
  const slots = lines.flatMap((cron) => repairSlots({ kind: 'cron', cron, timezone }, nowMs));
  const repairs = instants(sortedUnique(slots));
  return { specs: [...base, ...repairs], repairs: repairs.length, exact: exact && saysDays };
}

function listedSpecs(schedule: IntervalSchedule, nowMs: number): CalendarSpecs {
  const { lines, timezone } = entryLines(schedule);
  const later = lines.flatMap(({ sets }) => {
    const time = timeText(sets.hours, sets.minutes);
    return laterDates(nowMs).map((date) => `${date} ${time} ${timezone}`);
  });
  const specs = [...instants(listedSlots(schedule, nowMs)), ...later];
  return { specs, repairs: 0, exact: false, listedUntil: lastListedDay(nowMs) };
}

/**
 * Returns the slots that the other events miss: systemd skips a local time that a clock change skips, and ignores the
 * second run of a repeated hour (seen with systemd 252). They are written in UTC, so they are correct whatever a
 * version does. A schedule that follows real time has no slot that was moved out of a gap.
 */
function repairSlots(schedule: CronSchedule, nowMs: number): number[] {
  const changes = clockChanges(schedule.timezone, repairHorizon(nowMs));
  if (schedule.cron.sets.followsRealTime) {
    return slotsAround(
      schedule,
      changes.filter((change) => change.kind === 'repeat'),
    );
  }
  const losesDay = WINTER_IS_DST.has(schedule.timezone);
  return changes.flatMap((change) => {
    const slots = slotsAround(schedule, [change]);
    if (!losesDay || change.kind === 'repeat' || slots.length === 0) return slots;
    return slotsAround(schedule, [{ ...change, untilMs: change.atMs + dayMs }]);
  });
}

/**
 * Zones whose summer is standard time and whose winter is "daylight saving" in the tz database. If a time of a schedule
 * is skipped there, systemd runs nothing more on that day (seen with systemd 252).
 */
const WINTER_IS_DST: ReadonlySet<string> = new Set(['Europe/Dublin', 'Africa/Casablanca', 'Africa/El_Aaiun']);

/** Returns instants as events in UTC, one list of minutes per hour. */
function instants(slots: readonly number[]): string[] {
  const hours = new Map<string, number[]>();
  for (const slot of slots) {
    const hour = new Date(slot).toISOString().slice(0, 13).replace('T', ' ');
    hours.set(hour, [...(hours.get(hour) ?? []), new Date(slot).getUTCMinutes()]);
  }
  return [...hours].map(([hour, minutes]) => `${hour}:${minuteText(minutes)}:00 UTC`);
}

/** Returns the date parts of the events that together make up the day rule. */
function dateTexts({ days, months }: CronSets): string[] {
  const month = months.length === 12 ? '*' : listText(months, '..', twoDigits);
  const exact = days.exact === undefined ? null : exactDates(days.exact, months);
  if (exact !== null) return exact.map(({ weekdays, days: text }) => `${dayPrefix(weekdays)}*-${month}${text}`);
  if (days.monthDays === null && days.weekdays === null) return [`*-${month}-*`];
  return [...monthDayTexts(days, month), ...weekdayTexts(days, month), ...nthTexts(days, month)];
}

const dayPrefix = (weekdays: readonly number[]): string => (weekdays.length === 7 ? '' : `${weekdayList(weekdays)} `);

function monthDayTexts(days: DayRule, month: string): string[] {
  const listed = days.monthDays ?? [];
  return [
    ...(listed.length > 0 ? [`*-${month}-${listText(listed, '..', twoDigits)}`] : []),
    ...(days.lastDayOfMonth ? [`*-${month}~01`] : []),
  ];
}

function weekdayTexts(days: DayRule, month: string): string[] {
  const listed = days.weekdays ?? [];
  return listed.length > 0 ? [`${weekdayList(listed)} *-${month}-*`] : [];
}

/**
 * Returns the date parts of nth weekdays. `Mon *-*-08..14` is the second Monday; `Mon *-*~07/1` is one of the last
 * seven days, so the last Monday.
 */
function nthTexts(days: DayRule, month: string): string[] {
  return days.nthWeekdays.map(({ weekday, nth }) => {
    if (nth === -1) return `${weekdayList([weekday])} *-${month}~07/1`;
    const first = 7 * (nth - 1) + 1;
    return `${weekdayList([weekday])} *-${month}-${twoDigits(first)}..${twoDigits(Math.min(first + 6, 31))}`;
  });
}

/** Returns a list of weekdays. systemd's week starts on Monday, and its ranges must not wrap. */
function weekdayList(weekdays: readonly number[]): string {
  const fromMonday = sortedUnique(weekdays.map((day) => (day + 6) % 7));
  return listText(fromMonday, '..', (day) => WEEKDAYS[(day + 1) % 7] ?? '');
}

function timeText(hours: readonly number[], minutes: readonly number[]): string {
  const hour = hours.length === 24 ? '*' : listText(hours, '..', twoDigits);
  return `${hour}:${minuteText(minutes)}:00`;
}

const minuteText = (minutes: readonly number[]): string =>
  minutes.length === 60 ? '*' : listText(minutes, '..', twoDigits);

const twoDigits = (value: number): string => String(value).padStart(2, '0');
