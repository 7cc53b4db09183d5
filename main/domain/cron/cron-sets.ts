/** The `nth` weekday of a month: 1 to 5, or -1 for the last one. Weekdays are 0 (Sunday) to 6. */
export interface NthWeekday {
  readonly weekday: number;
  readonly nth: number;
}

/**
 * Which days match. `null` means the field is not restricted. When both sides are restricted a day matches if either
 * does (POSIX crontab; `man 5 crontab`).
 */
export interface DayRule {
  /** Days 1 to 31, sorted, or null; empty only together with `lastDayOfMonth`. */
  readonly monthDays: readonly number[] | null;
  /** `L` in day-of-month: also the last day of the month. Counts as a restriction. */
  readonly lastDayOfMonth: boolean;
  /** Weekdays 0 to 6, sorted, or null; empty only together with `nthWeekdays`. */
  readonly weekdays: readonly number[] | null;
  /** `5#2`, `5L`. Counts as a restriction. */
  readonly nthWeekdays: readonly NthWeekday[];
}

/** A cron expression compiled to exact sets. Everything that reads a schedule reads these, never the text (D2). */
export interface CronSets {
  /** 0 to 59, sorted, never empty. */
  readonly minutes: readonly number[];
  /** 0 to 23, sorted, never empty. */
  readonly hours: readonly number[];
  /** 1 to 12, sorted, never empty. */
  readonly months: readonly number[];
  readonly days: DayRule;
  /**
   * True when every hour is in the set: such a schedule follows real time over a DST change. False: fixed local times,
   * which move over a spring gap and fire once in autumn. A function of the sets, as in cron-parser, so that two
   * spellings of one set never differ.
   */
  readonly followsRealTime: boolean;
}

/** A parsed expression. Two expressions mean the same exactly when `canonical` is equal. */
export interface CronExpression {
  /** Names resolved, lists sorted and merged, one spelling per meaning: `0 9 * * 1-5`, `0 9 * * 0`. */
  readonly canonical: string;
  readonly sets: CronSets;
}
