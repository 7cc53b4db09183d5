import { CronExpressionParser } from 'cron-parser';
import type { CronExpression as CronIterator } from 'cron-parser';
import { Settings } from 'luxon';
import { MONTH } from '../cron/cron-fields.ts';
import type { CronExpression, CronSets, DayRule, ExactDays } from '../cron/cron-sets.ts';
import { matchesExact } from '../cron/exact-days.ts';
import { formatMonthDays, formatSet, formatWeekdays } from '../cron/format-cron.ts';
import { nextMatchingDay } from '../cron/matching-days.ts';
import { everyDay } from '../cron/normal-days.ts';
import { dayMs } from '../durations.ts';
import { messageOf, SchedulerError } from '../errors.ts';
import type { WallMs } from './wall-clock.ts';

// Without a locale, luxon asks for the system's language at its first date, and ICU lists all its locales (10 ms in
// Node 20). No text is produced here. The builds make cron-parser share this luxon (headless.vite.config.ts).
Settings.defaultLocale = 'en-US';

/**
 * Returns the rule as parts, any of which is enough. cron-parser joins the day fields by OR, like this app, but accepts only
 * one `#` and no list beside it, so each part is computed on its own and the results are merged.
 */
function partsOf({ days: { exact: _, ...days } }: CronSets): DayRule[] {
  if (days.monthDays === null && days.weekdays === null) return [days];
  const parts: DayRule[] = [];
  if (days.monthDays !== null) parts.push({ ...days, weekdays: null, nthWeekdays: [] });
  if (days.weekdays !== null && days.weekdays.length > 0) parts.push({ ...everyDay, weekdays: days.weekdays });
  for (const nth of days.nthWeekdays) parts.push({ ...everyDay, weekdays: [], nthWeekdays: [nth] });
  return parts;
}

/** A phase whose days never match any day of a line would be searched forever. */
const LONGEST_WAIT_MS = 100 * 366 * dayMs;

/** The matching days of one part, in order. */
class DayStream {
  readonly #cron: CronExpression;
  readonly #rule: DayRule;
  readonly #isDay: (day: WallMs) => boolean;
  readonly #iterator: CronIterator;
  /** The current day; infinite when no further one exists. */
  head: WallMs;

  constructor(cron: CronExpression, rule: DayRule, fromWall: WallMs, isDay: (day: WallMs) => boolean) {
    const month = formatSet(cron.sets.months, MONTH.min, MONTH.max);
    const text = `0 0 ${formatMonthDays(rule)} ${month} ${formatWeekdays(rule)}`;
    this.#cron = cron;
    this.#rule = rule;
    this.#isDay = isDay;
    this.#iterator = CronExpressionParser.parse(text, { currentDate: fromWall, tz: 'UTC' });
    this.head = fromWall;
    this.advance();
  }

  /** Moves to the next day of the part that counts. */
  advance(): void {
    const untilWall = this.head + LONGEST_WAIT_MS;
    do {
      const near = this.#nextNear(untilWall);
      if (near === Infinity) this.head = Infinity;
      else this.#moveTo(near);
    } while (this.head !== Infinity && !this.#isDay(this.head));
  }

  /** Returns the next day that the sets give and that counts; infinite if there is none until then, null if the sets give none. */
  #nextNear(untilWall: WallMs): WallMs | null {
    let near = nextMatchingDay(this.#rule, this.#cron.sets.months, this.head);
    while (near !== null && !this.#isDay(near)) {
      if (near > untilWall) return Infinity;
      near = nextMatchingDay(this.#rule, this.#cron.sets.months, near);
    }
    return near;
  }

  /** cron-parser tries one day after another, which takes tens of ms to the next 29 February, so it starts just before `near`. */
  #moveTo(near: WallMs | null): void {
    try {
      if (near !== null) this.#iterator.reset(new Date(near - 1));
      this.head = this.#iterator.next().getTime();
    } catch (error) {
      throw noSlot(this.#cron.canonical, error);
    }
  }
}

function noSlot(canonical: string, cause?: unknown): SchedulerError {
  const reason = cause === undefined ? {} : { reason: messageOf(cause) };
  return new SchedulerError(
    'schedule/no-next-run',
    `No further run of "${canonical}" could be computed.`,
    { cron: canonical, ...reason },
    cause,
  );
}

/**
 * Yields the days of an expression that start after `fromWall` and that count, in order, without end, each as its midnight.
 *
 * cron-parser runs in UTC, where every wall-clock time exists exactly once. In a zone whose clock changes by other than
 * whole hours it loses slots, and fails on `0 * * * *` (5.10.5, Australia/Lord_Howe).
 *
 * @param counts Tells whether a day counts: those of every nth period. By default, all days of the expression do.
 * @throws SchedulerError `schedule/no-next-run` when the engine finds none.
 */
export function* wallDays(
  cron: CronExpression,
  fromWall: WallMs,
  counts: ((day: WallMs) => boolean) | null = null,
): Generator<WallMs, never> {
  const { exact } = cron.sets.days;
  const isDay = (day: WallMs): boolean =>
    (counts === null || counts(day)) && (exact === undefined || isExactDay(exact, day));
  const streams = partsOf(cron.sets).map((rule) => new DayStream(cron, rule, fromWall, isDay));
  for (;;) {
    const earliest = Math.min(...streams.map(({ head }) => head));
    if (earliest === Infinity) throw noSlot(cron.canonical);
    yield earliest;
    for (const stream of streams) if (stream.head === earliest) stream.advance();
  }
}

function isExactDay(exact: ExactDays, wall: WallMs): boolean {
  const date = new Date(wall);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return matchesExact(exact, date.getUTCDate(), date.getUTCDay(), length);
}
