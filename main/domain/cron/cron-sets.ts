/** The `nth` weekday of a month: 1 to 5, or -1 for the last one. Weekdays run from 0 (Sunday) to 6. */
export interface NthWeekday {
  readonly weekday: number;
  readonly nth: number;
}

/**
 * The days on which a schedule runs. `null` means that the field is not restricted. When both fields are restricted, a
 * day matches if either does (POSIX crontab; `man 5 crontab`).
 */
export interface DayRule {
  /** Days 1 to 31, sorted, or null; empty only together with `lastDayOfMonth`. */
  readonly monthDays: readonly number[] | null;
  /** `L` in day-of-month: the last day of the month as well. Counts as a restriction. */
  readonly lastDayOfMonth: boolean;
  /** Weekdays 0 to 6, sorted, or null; empty only together with `nthWeekdays`. */
  readonly weekdays: readonly number[] | null;
  /** `5#2`, `5L`. Counts as a restriction. */
  readonly nthWeekdays: readonly NthWeekday[];
  /** Days that these fields cannot say. The fields then hold the narrowest rule that contains all of them. */
  readonly exact?: ExactDays | undefined;
}

/**
 * Days of a month that five cron fields cannot say. Working days are Monday to Friday. `W`, `L` and `L-n` are those of Quartz
 * (http://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html), `+` is that of croner; `WD` is our own.
 */
export interface ExactDays {
  readonly monthDays: readonly number[];
  /** Days before the last one: 0 is `L`, 3 is `L-3`. */
  readonly fromEnd: readonly number[];
  /** `15W`: the working day nearest to a day, in the same month. A month without that day has none. */
  readonly nearest: readonly number[];
  /** The nth working day: 3 is `3WD`; -1 is the last one, `LW`, and -2 the one before it, `LW-1`. */
  readonly workdays: readonly number[];
  readonly weekdays: readonly number[];
  readonly nthWeekdays: readonly NthWeekday[];
  /** `13 * +5`: a day must match both fields. Otherwise, either is enough. */
  readonly both: boolean;
}

/**
 * A cron expression compiled to exact sets. All code reads these sets and never the text, because editing text produced
 * wrong schedules (docs/architecture.md, decision D2).
 */
export interface CronSets {
  /** 0 to 59, sorted, never empty. */
  readonly minutes: readonly number[];
  /** 0 to 23, sorted, never empty. */
  readonly hours: readonly number[];
  /** 1 to 12, sorted, never empty. */
  readonly months: readonly number[];
  readonly days: DayRule;
  /**
   * True when the set holds every hour: the schedule then follows real time over a DST change. False for fixed local
   * times, which move forward over a spring gap and fire once in autumn. Computed from the sets, as in cron-parser, so
   * that two spellings of one set never differ.
   */
  readonly followsRealTime: boolean;
  /**
   * True when the set is an interval within some hours of the day: then an hour that a clock change repeats has the runs
   * twice, as with cron, croner and cronsim, and not an hour without any. Otherwise a repeated time counts once.
   */
  readonly repeatsWithinHours: boolean;
}

/** A parsed expression. Two expressions mean the same exactly when their `canonical` texts are equal. */
export interface CronExpression {
  /** The canonical spelling, with names resolved and lists sorted and merged: `0 9 * * 1-5`, `0 9 * * 0`. */
  readonly canonical: string;
  readonly sets: CronSets;
}
