import type { DayRule } from '../../../domain/cron/cron-sets.ts';
import { canonicalTimeZone } from '../../../domain/timing/time-zone.ts';
import { Unsaid } from '../reading/reading.ts';
import { exactRule } from '../../../domain/cron/exact-days.ts';
import { bothDays, everyDay, onMonthDays, onNthWeekdays, onWeekdays, sorted, span } from '../reading/rules.ts';
import type { Rule } from '../reading/rules.ts';

/** A recurring calendar event, or a single date. */
export type CalendarEvent =
  | { readonly kind: 'rule'; readonly rule: Rule; readonly timezone: string | null }
  /** A local date and time as if in UTC, epoch ms. */
  | { readonly kind: 'once'; readonly wallMs: number; readonly timezone: string | null };

/** `systemd.time(7)` and the spellings that systemd also accepts (`calendar_spec_from_string`). */
const shorthands: Readonly<Record<string, string>> = {
  minutely: '*-*-* *:*:00',
  hourly: '*-*-* *:00:00',
  daily: '*-*-* 00:00:00',
  monthly: '*-*-01 00:00:00',
  weekly: 'Mon *-*-* 00:00:00',
  yearly: '*-01-01 00:00:00',
  annually: '*-01-01 00:00:00',
  anually: '*-01-01 00:00:00',
  quarterly: '*-01,04,07,10-01 00:00:00',
  semiannually: '*-01,07-01 00:00:00',
  'semi-annually': '*-01,07-01 00:00:00',
  biannually: '*-01,07-01 00:00:00',
  'bi-annually': '*-01,07-01 00:00:00',
};
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const EVENT =
  /^(?:((?:[a-z]{3,9}(?:\.\.[a-z]{3,9}|-[a-z]{3,9})?)(?:,[a-z]{3,9}(?:\.\.[a-z]{3,9}|-[a-z]{3,9})?)*),?\s*)?(?:((?:[\d*,./]+-)?[\d*,./]+[-~][\d*,./~]+)(?:\s+|T(?=\d)|$))?([\d*,./]+:[\d*,./]+(?::[\d*,./]+)?)?(?:\s*([a-z][\w+/-]*))?$/i;

/**
 * Reads one `OnCalendar=` of a timer (`man 7 systemd.time`).
 * @throws Unsaid with the reason, for events that five cron fields cannot express
 */
export function readCalendarEvent(text: string): CalendarEvent {
  const written = text.trim();
  const shorthand = /^([\w-]+)(?:\s+(\S+))?$/.exec(written);
  const known = shorthand === null ? undefined : shorthands[(shorthand[1] ?? '').toLowerCase()];
  const full = known === undefined || shorthand === null ? written : `${known} ${shorthand[2] ?? ''}`.trim();
  const match = EVENT.exec(full);
  const [, weekdayText, dateText, timeText, zoneText] = match ?? [];
  if (match === null || (weekdayText ?? dateText ?? timeText) === undefined) {
    throw new Unsaid(`"${written.slice(0, 80)}" is not a supported calendar event.`);
  }
  const timezone = zoneText === undefined ? null : canonicalTimeZone(zoneText);
  if (zoneText !== undefined && timezone === null) throw new Unsaid(`"${zoneText}" is not a known time zone.`);
  const { hours, minutes } = readTime(timeText ?? '00:00:00', written);
  const date = readDate(dateText ?? '*-*-*', written);
  const weekdays = weekdayText === undefined ? null : readWeekdays(weekdayText);
  if (date.year !== null) return { kind: 'once', wallMs: oneDate(date, hours, minutes, weekdays, written), timezone };
  return {
    kind: 'rule',
    rule: { minutes, hours, months: date.months, days: daysOf(date, weekdays, written) },
    timezone,
  };
}

function readTime(text: string, event: string): { hours: number[]; minutes: number[] } {
  const [hour = '', minute = '', second = '00'] = text.split(':');
  if (!/^0+$/.test(second)) {
    throw new Unsaid(`"${event}" fires at second ${second}; tasks here run on full minutes.`);
  }
  return { hours: readComponent(hour, 0, 23, event), minutes: readComponent(minute, 0, 59, event) };
}

interface EventDate {
  /** Null for every year. */
  readonly year: number | null;
  readonly months: number[];
  readonly days: number[];
  /** `~`: days count from the end of the month, 1 is the last. */
  readonly fromEnd: boolean;
}

function readDate(text: string, event: string): EventDate {
  const fromEnd = text.includes('~');
  const parts = text.split(/[-~]/);
  const [year, month = '', day = ''] = parts.length === 3 ? parts : ['*', ...parts];
  if (parts.length > 3 || parts.length < 2) throw new Unsaid(`The date of "${event}" is not supported.`);
  const isOne = /^\d{4}$/.test(year ?? '');
  if (year !== '*' && !isOne) throw new Unsaid(`"${event}" is limited to some years, and cron has no year.`);
  return {
    year: isOne ? Number(year) : null,
    months: readComponent(month, 1, 12, event),
    days: readComponent(day, 1, 31, event),
    fromEnd,
  };
}

/** Reads `*`, `a`, `a..b`, each with an optional `/step`, and lists of them. `a/step` continues to the end. */
function readComponent(text: string, min: number, max: number, event: string): number[] {
  const values = text.split(',').flatMap((item) => {
    const [, star, first, last, step] = /^(?:(\*)|(\d+)(?:\.\.(\d+))?)(?:\/(\d+))?$/.exec(item) ?? [];
    if (star === undefined && first === undefined) throw new Unsaid(`"${item}" in "${event}" is not supported.`);
    const from = star === undefined ? Number(first) : min;
    const to = last !== undefined ? Number(last) : star !== undefined || step !== undefined ? max : from;
    const by = Number(step ?? 1);
    if (by < 1 || from < min || to > max || from > to) throw new Unsaid(`"${item}" in "${event}" is out of range.`);
    return span(from, to).filter((value) => (value - from) % by === 0);
  });
  return sorted(values);
}

function readWeekdays(text: string): number[] {
  const numberOf = (name: string): number => {
    const number = weekdayNames.indexOf(name.slice(0, 3).toLowerCase());
    if (number === -1) throw new Unsaid(`"${name}" is not a weekday.`);
    return number;
  };
  const listed = text.split(',').flatMap((item) => {
    const [first = '', last = first] = item.split(/\.\.|-/);
    const [from, to] = [numberOf(first), numberOf(last)];
    return span(0, (to - from + 7) % 7).map((days) => (from + days) % 7);
  });
  return sorted(listed);
}

function daysOf({ days, fromEnd }: EventDate, weekdays: number[] | null, event: string): DayRule {
  if (fromEnd) return daysFromEnd(days, weekdays, event);
  if (days.length === 31) return weekdays === null ? everyDay : onWeekdays(weekdays);
  if (weekdays === null) return onMonthDays(days);
  return bothDays(days, weekdays);
}

/**
 * Returns days counted from the end: `~01` is the last day, `~07/1` the last seven, in which a weekday is the last of
 * its kind.
 */
function daysFromEnd(days: number[], weekdays: number[] | null, event: string): DayRule {
  if (weekdays === null && days.length === 1 && days[0] === 1) return onMonthDays([], true);
  // `~07/1` counts down to the end of the month: systemd prints it so, and `~01..07` means the same.
  const [, from] = /~0?(\d+)\/1(?!\d)/.exec(event) ?? [];
  if (from === undefined && /~\S*\//.test(event))
    throw new Unsaid(`"${event}" counts steps from the end of the month, which this app cannot express.`);
  const last = from === undefined ? days : span(1, Number(from));
  if (weekdays !== null && last.length === 7 && last[6] === 7)
    return onNthWeekdays(weekdays.map((weekday) => ({ weekday, nth: -1 })));
  return exactRule({ fromEnd: last.map((day) => day - 1), weekdays: weekdays ?? [], both: weekdays !== null });
}

function oneDate(
  date: EventDate,
  hours: number[],
  minutes: number[],
  weekdays: number[] | null,
  event: string,
): number {
  const [month, day, hour, minute] = [date.months, date.days, hours, minutes].map((values) =>
    values.length === 1 ? values[0] : undefined,
  );
  if (month === undefined || day === undefined || hour === undefined || minute === undefined || date.fromEnd) {
    throw new Unsaid(`"${event}" has several times in one year, and cron has no year.`);
  }
  const wallMs = Date.UTC(date.year ?? 0, month - 1, day, hour, minute);
  const there = new Date(wallMs);
  if (there.getUTCDate() !== day || (weekdays !== null && !weekdays.includes(there.getUTCDay()))) {
    throw new Unsaid(`"${event}" is a date that does not exist.`);
  }
  return wallMs;
}
