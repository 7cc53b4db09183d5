import { formatDuration } from '../../main/contract/durations.ts';
import { clockTime, shortHour } from '../../main/contract/time-style.ts';
import { shownClock } from './shown-clock.ts';
import { zoned } from './zoned-format.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Longer counts of days mean nothing to a reader. */
const MOST_DAYS = 60;
const MOST_MONTHS = 24;
const MONTH = 30.44 * DAY;

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Formats the time until an instant: `now`, `in 45 s`, `in 4 min`, `in 2 h 10 min`, `in 3 days`, `in 5 months`. */
export function formatCountdown(instant: string, now: number): string {
  const left = Date.parse(instant) - now;
  if (left <= 0) return 'now';
  if (left < MINUTE) return `in ${Math.ceil(left / SECOND)} s`;
  if (left < HOUR) return `in ${Math.ceil(left / MINUTE)} min`;
  if (left < DAY) return `in ${formatDuration(left)}`;
  if (left < MOST_DAYS * DAY) return `in ${plural(Math.floor(left / DAY), 'day')}`;
  if (left < MOST_MONTHS * MONTH) return `in ${Math.floor(left / MONTH)} months`;
  return `in ${Math.floor(left / (12 * MONTH))} years`;
}

/** Formats the time since an instant: `just now`, `4 min ago`, `2 h ago`, `3 days ago`, then the date. */
export function formatAgo(instant: string, now: number): string {
  const past = now - Date.parse(instant);
  if (past < 5 * SECOND) return 'just now';
  if (past < MINUTE) return `${Math.floor(past / SECOND)} s ago`;
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min ago`;
  if (past < DAY) return `${Math.floor(past / HOUR)} h ago`;
  if (past < 7 * DAY) return `${plural(Math.floor(past / DAY), 'day')} ago`;
  return formatDate(instant);
}

/** Formats a date: `Thu 3 Dec`, in the order of the reader's locale. */
export const formatDate = (instant: string | number, timeZone?: string): string =>
  zoned({ weekday: 'short', day: 'numeric', month: 'short' }, timeZone).format(new Date(instant));

/** Returns the name of a weekday in the reader's language; 0 is Sunday. */
export const weekdayName = (weekday: number, style: 'short' | 'long'): string =>
  // 2023-01-01 was a Sunday.
  zoned({ weekday: style }, 'UTC').format(Date.UTC(2023, 0, 1 + weekday));

/** Returns the name of a month in the reader's language; 1 is January. */
export const monthName = (month: number, style: 'short' | 'long'): string =>
  zoned({ month: style }, 'UTC').format(Date.UTC(2023, month - 1, 1));

/**
 * Formats a time: `14:15`, or `2:15 PM` where the settings or the system's locale choose a 12-hour clock. With seconds:
 * `14:15:07`.
 */
export function formatTime(instant: string | number, timeZone?: string, withSeconds = false): string {
  const { hour, minute, second } = clockParts(instant, timeZone);
  return clockTime(hour, minute, shownClock(), withSeconds ? second : undefined);
}

/** Formats a full hour for an axis: `18:00`, or `6 PM`. */
export const formatHour = (instant: number): string => shortHour(new Date(instant).getHours(), shownClock());

/** Formats the full date and time, for a tooltip. */
export function formatInstant(instant: string, timeZone?: string): string {
  const zone = zoned({ timeZoneName: 'short' }, timeZone)
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName');
  const day = zoned({ dateStyle: 'full' }, timeZone).format(new Date(instant));
  return `${day} at ${formatTime(instant, timeZone, true)} ${zone?.value ?? ''}`.trim();
}

/** Formats the time of a log line, always `09:05:03.120`: lines stay aligned and sort as text. */
export const formatLogTime = (instant: string): string => logTime.format(new Date(instant));

const logTime = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

interface ClockParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function clockParts(instant: string | number, timeZone?: string): ClockParts {
  const date = new Date(instant);
  if (timeZone === undefined) return { hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds() };
  const zone = { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const [hour = 0, minute = 0, second = 0] = new Intl.DateTimeFormat('en-GB', zone).format(date).split(':').map(Number);
  return { hour, minute, second };
}

/** Formats date and time: `today at 14:15`, `tomorrow at 9:00`, `Thu 3 Dec at 9:00`; with the year if far away. */
export function formatMoment(instant: string, now: number, timeZone?: string): string {
  const day = zoned({ dateStyle: 'short' }, timeZone);
  const at = formatTime(instant, timeZone);
  if (day.format(new Date(instant)) === day.format(now)) return `today at ${at}`;
  if (day.format(new Date(instant)) === day.format(now + DAY)) return `tomorrow at ${at}`;
  if (day.format(new Date(instant)) === day.format(now - DAY)) return `yesterday at ${at}`;
  const far = Math.abs(Date.parse(instant) - now) > 300 * DAY;
  const date = far ? zoned({ dateStyle: 'medium' }, timeZone).format(new Date(instant)) : formatDate(instant, timeZone);
  return `${date} at ${at}`;
}

/** Returns a text of the scheduler with its ISO instants as moments: `(2026-11-25T09:41:20.000Z)` as `(today at 10:41)`. */
export const withMoments = (message: string, now: number): string =>
  message.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (instant) => formatMoment(instant, now));

/** Formats an instant for a text that begins with “since”: `14:15` today, else as a moment. */
export function formatSince(instant: string, now: number): string {
  const isToday = formatDate(instant) === formatDate(now) && Math.abs(now - Date.parse(instant)) < DAY;
  return isToday ? formatTime(instant) : formatMoment(instant, now);
}

/** Formats a count with the separators of the reader's locale: `12,000`. */
export const formatCount = (count: number): string => new Intl.NumberFormat().format(count);

/** Formats a share of 0 to 1: `82%`. Rounds down, so that 99.9% is not called 100%, but up from less than 1%. */
export function formatShare(share: number): string {
  // Rounded first, because 0.29 * 100 is 28.999999999999996.
  const exact = Math.round(share * 1e6) / 1e4;
  return `${exact > 0 && exact < 1 ? 1 : Math.floor(exact)}%`;
}

/** Returns the city of a time zone: `America/New_York` is `New York`. */
export const formatZone = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY };
const unitWords: Readonly<Record<string, string>> = {
  sec: 's',
  min: 'm',
  hr: 'h',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
};

/**
 * Reads a duration such as `90s`, `5m`, `2h` or `1d`, in ms; null for anything else, such as a number without a unit.
 */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim());
  const word = match?.[2]?.toLowerCase() ?? '';
  const unit = durationUnits[unitWords[word] ?? word];
  return match && unit !== undefined ? Math.round(Number(match[1]) * unit) : null;
}

/** Returns the shortest text that `parseDuration` reads back: `90s`, `5m`, `2h`, `1d`. */
export function durationText(ms: number): string {
  for (const [name, unit] of Object.entries(durationUnits).reverse()) {
    if (ms >= unit && ms % unit === 0) return `${ms / unit}${name}`;
  }
  return `${ms}ms`;
}

/** Returns an instant as fields for dates and times take it, `YYYY-MM-DD HH:MM`, in a zone. Sweden writes times so. */
export const formatFieldTime = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
