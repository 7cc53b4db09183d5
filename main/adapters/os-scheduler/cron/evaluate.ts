import { IANAZone } from 'luxon';
import { minuteMs, hourMs, dayMs } from '../../../domain/durations.ts';

/**
 * Computes when a crontab fires, by the rules of Vixie cron as Debian ships it (cron 3.0pl1, `cron.c`), from the text
 * alone. Shares no code with the translation, because it is used to check it.
 */

interface CronLine {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly monthDays: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** Either day field starts with a star: then both must match; otherwise one is enough. */
  readonly starDay: boolean;
  /** Hour or minute starts with a star: the line follows the clock through its changes. */
  readonly wildcard: boolean;
}

const LONGEST_SEARCH_DAYS = 500 * 366;

/** Limits of the search, whichever is reached first. */
export interface FireLimit {
  readonly count?: number;
  /** Epoch ms, inclusive. */
  readonly untilMs?: number;
}

/** Returns the next instants (epoch ms) after `fromMs` at which any of these lines runs in `timezone`. */
export function cronFires(lines: readonly string[], timezone: string, fromMs: number, limit: FireLimit): number[] {
  const { count = Number.POSITIVE_INFINITY, untilMs = fromMs + LONGEST_SEARCH_DAYS * dayMs } = limit;
  const parsed = lines.map(parseLine);
  const zone = IANAZone.create(timezone);
  const fires = new Set<number>();
  // A day is the epoch ms at which a UTC clock shows its midnight.
  let day = Math.floor((fromMs + zone.offset(fromMs) * minuteMs) / dayMs) * dayMs - dayMs;
  for (; day < untilMs + 2 * dayMs && fires.size < count; day += dayMs) {
    const date = new Date(day);
    const due = parsed.filter((line) => runsOn(line, date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCDay()));
    if (due.length === 0) continue;
    for (const fire of firesOfDay(due, zone, day)) if (fire > fromMs && fire <= untilMs) fires.add(fire);
  }
  return [...fires].sort((a, b) => a - b).slice(0, count);
}

function parseLine(line: string): CronLine {
  const [minute = '', hour = '', monthDay = '', month = '', weekday = ''] = line.trim().split(/\s+/);
  const weekdays = parseSet(weekday, 0, 7);
  return {
    minutes: parseSet(minute, 0, 59),
    hours: parseSet(hour, 0, 23),
    monthDays: parseSet(monthDay, 1, 31),
    months: parseSet(month, 1, 12),
    weekdays: new Set([...weekdays].map((value) => value % 7)),
    starDay: monthDay.startsWith('*') || weekday.startsWith('*'),
    wildcard: minute.startsWith('*') || hour.startsWith('*'),
  };
}

function parseSet(field: string, lowest: number, highest: number): Set<number> {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [first, last = first] = range === '*' ? [lowest, highest] : range.split('-').map(Number);
    if (first === undefined || last === undefined || !Number.isInteger(first) || !Number.isInteger(last)) {
      throw new Error(`"${field}" is not a valid crontab field`);
    }
    for (let value = first; value <= last; value += Number(step)) values.add(value);
  }
  return values;
}

function runsOn(line: CronLine, month: number, monthDay: number, weekday: number): boolean {
  if (!line.months.has(month)) return false;
  const byDate = line.monthDays.has(monthDay);
  const byWeekday = line.weekdays.has(weekday);
  return line.starDay ? byDate && byWeekday : byDate || byWeekday;
}

function firesOfDay(lines: readonly CronLine[], zone: IANAZone, day: number): Iterable<number> {
  // No offset is further from UTC than 15 hours: these two instants are before and after the local day.
  const offset = zone.offset(day - 15 * hourMs);
  if (offset !== zone.offset(day + dayMs + 15 * hourMs)) return changingDay(lines, zone, day);
  return lines.flatMap((line) =>
    [...line.hours].flatMap((hour) =>
      [...line.minutes].map((minute) => day + (hour * 60 + minute - offset) * minuteMs),
    ),
  );
}

/**
 * In minutes. cron takes a greater change for a correction of the clock and makes up for nothing (cron(8)): the day that
 * Samoa left out in 2011 has no fires.
 */
const longestGap = 3 * 60;

/**
 * Yields the fires of a day near a clock change, minute by minute. Wildcard lines run whenever the clock shows their
 * time. Fixed lines run once: right after a gap that contained their time, and not again in a repeated hour.
 */
function* changingDay(lines: readonly CronLine[], zone: IANAZone, day: number): Generator<number> {
  const first = day / minuteMs;
  const matches = (line: CronLine, wall: number): boolean =>
    wall >= first &&
    wall < first + 1440 &&
    line.hours.has(Math.floor((wall - first) / 60)) &&
    line.minutes.has((wall - first) % 60);
  const startMs = day - 15 * hourMs;
  let reached = startMs / minuteMs + zone.offset(startMs);
  for (let atMs = startMs; atMs < day + dayMs + 15 * hourMs; atMs += minuteMs) {
    const wall = atMs / minuteMs + zone.offset(atMs);
    if (wall - reached > longestGap) reached = wall - 1;
    const wildcard = lines.some((line) => line.wildcard && matches(line, wall));
    let fixed = false;
    for (; reached < wall; reached += 1) {
      fixed ||= lines.some((line) => !line.wildcard && matches(line, reached + 1));
    }
    if (wildcard || fixed) yield atMs;
  }
}
