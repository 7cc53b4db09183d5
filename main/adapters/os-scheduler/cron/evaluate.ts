import type { IANAZone } from 'luxon';
import { DateTime } from 'luxon';

/**
 * When a crontab fires, by the rules of Vixie cron as Debian ships it (cron 3.0pl1, `cron.c`), from the text alone.
 * Shares no code with the translation: it is what the translation is checked against.
 */

interface CronLine {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly monthDays: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** Either day field starts with a star: then both must match, otherwise one is enough. */
  readonly starDay: boolean;
  /** Hour or minute starts with a star: follows the clock through its changes. */
  readonly wildcard: boolean;
}

const MINUTE = 60_000;
const LONGEST_SEARCH_DAYS = 500 * 366;

/** The next `count` instants (epoch ms) after `fromMs` at which any of these lines runs, in `timezone`. */
export function cronFires(lines: readonly string[], timezone: string, fromMs: number, count: number): number[] {
  const parsed = lines.map(parseLine);
  const fires: number[] = [];
  let day = DateTime.fromMillis(fromMs, { zone: timezone }).startOf('day').minus({ days: 1 });
  for (let searched = 0; searched < LONGEST_SEARCH_DAYS && fires.length < count; searched += 1) {
    const due = parsed.filter((line) => runsOn(line, day.month, day.day, day.weekday % 7));
    if (due.length > 0) fires.push(...firesOfDay(due, day).filter((fire) => fire > fromMs));
    day = day.plus({ days: 1 });
  }
  return fires.slice(0, count);
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
      throw new Error(`"${field}" is not a field of a crontab`);
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

function firesOfDay(lines: readonly CronLine[], day: DateTime): number[] {
  const zone = day.zone;
  const startMs = day.toMillis();
  const endMs = day.plus({ days: 1 }).toMillis();
  const plain =
    zone.offset(startMs) === zone.offset(endMs - MINUTE) && zone.offset(startMs - MINUTE) === zone.offset(startMs);
  const fires = new Set<number>();
  if (plain) {
    for (const line of lines) {
      for (const hour of line.hours)
        for (const minute of line.minutes) fires.add(startMs + (hour * 60 + minute) * MINUTE);
    }
  } else {
    for (const fire of changingDay(lines, zone, startMs, endMs)) fires.add(fire);
  }
  return [...fires].sort((a, b) => a - b);
}

/**
 * A day on which the clock changes, minute by minute. Wildcard lines run whenever the clock shows their time. Fixed
 * lines run once: right after a gap when their time was in it, and not again in a repeated hour.
 */
function* changingDay(lines: readonly CronLine[], zone: IANAZone, startMs: number, endMs: number): Generator<number> {
  const wallOf = (atMs: number): number => atMs / MINUTE + zone.offset(atMs);
  let reached = wallOf(startMs - MINUTE);
  const midnight = DateTime.fromMillis(startMs, { zone })
    .setZone('UTC', { keepLocalTime: true })
    .startOf('day')
    .toMillis();
  const matches = (line: CronLine, wall: number): boolean => {
    const minuteOfDay = wall - midnight / MINUTE;
    return line.hours.has(Math.floor(minuteOfDay / 60)) && line.minutes.has(minuteOfDay % 60);
  };
  for (let atMs = startMs; atMs < endMs; atMs += MINUTE) {
    const wall = wallOf(atMs);
    const wildcards = lines.some((line) => line.wildcard && matches(line, wall));
    let fixed = false;
    for (; reached < wall; reached += 1) {
      fixed ||= lines.some((line) => !line.wildcard && matches(line, reached + 1));
    }
    if (wildcards || fixed) yield atMs;
  }
}
