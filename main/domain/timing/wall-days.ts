import { CronExpressionParser } from 'cron-parser';
import type { CronExpression as CronIterator } from 'cron-parser';
import { Settings } from 'luxon';
import { MONTH } from '../cron/cron-fields.ts';
import type { CronExpression, CronSets, DayRule, ExactDays } from '../cron/cron-sets.ts';
import { matchesExact } from '../cron/exact-days.ts';
import { formatMonthDays, formatSet, formatWeekdays } from '../cron/format-cron.ts';
import { nextMatchingDay } from '../cron/matching-days.ts';
import { everyDay } from '../cron/normal-days.ts';
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

/** The matching days of one part, in order. */
class DayStream {
  readonly #cron: CronExpression;
  readonly #rule: DayRule;
  readonly #iterator: CronIterator;
  head: WallMs;

  constructor(cron: CronExpression, rule: DayRule, fromWall: WallMs) {
    const month = formatSet(cron.sets.months, MONTH.min, MONTH.max);
    const text = `0 0 ${formatMonthDays(rule)} ${month} ${formatWeekdays(rule)}`;
    this.#cron = cron;
    this.#rule = rule;
    this.#iterator = CronExpressionParser.parse(text, { currentDate: fromWall, tz: 'UTC' });
    this.head = fromWall;
    this.advance();
  }

  /**
   * Moves to the next day. cron-parser tries one day after another, which takes tens of ms to the next 29 February, so
   * it starts just before the day that the sets give.
   */
  advance(): void {
    const near = nextMatchingDay(this.#rule, this.#cron.sets.months, this.head);
    try {
      if (near !== null) this.#iterator.reset(new Date(near - 1));
      this.head = this.#iterator.next().getTime();
    } catch (error) {
      throw new SchedulerError(
        'schedule/no-next-run',
        `No further run of "${this.#cron.canonical}" could be computed.`,
        { cron: this.#cron.canonical, reason: messageOf(error) },
        error,
      );
    }
  }
}

/**
 * Yields the days of an expression that start after `fromWall`, in order, without end, each as its midnight.
 *
 * cron-parser runs in UTC, where every wall-clock time exists exactly once. In a zone whose clock changes by other than
 * whole hours it loses slots, and fails on `0 * * * *` (5.10.5, Australia/Lord_Howe).
 *
 * @throws SchedulerError `schedule/no-next-run` when the engine finds none.
 */
export function* wallDays(cron: CronExpression, fromWall: WallMs): Generator<WallMs, never> {
  const { exact } = cron.sets.days;
  for (const day of coveringDays(cron, fromWall)) if (exact === undefined || isExactDay(exact, day)) yield day;
  throw new Error('wall-clock days never end');
}

function isExactDay(exact: ExactDays, wall: WallMs): boolean {
  const date = new Date(wall);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return matchesExact(exact, date.getUTCDate(), date.getUTCDay(), length);
}

function* coveringDays(cron: CronExpression, fromWall: WallMs): Generator<WallMs, never> {
  const streams = partsOf(cron.sets).map((rule) => new DayStream(cron, rule, fromWall));
  for (;;) {
    const earliest = Math.min(...streams.map(({ head }) => head));
    yield earliest;
    for (const stream of streams) if (stream.head === earliest) stream.advance();
  }
}
