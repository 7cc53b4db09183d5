import type { ClockStyle } from '../../../contract/time-style.ts';
import type { ExactDays, NthWeekday } from '../../cron/cron-sets.ts';
import type { PartOfDay } from '../vocabulary.ts';

/** A time of day as written. `bare` marks a number alone: "at 9". */
export interface SaidTime {
  readonly hour: number;
  readonly minute: number;
  readonly meridiem: boolean;
  readonly bare: boolean;
  /** Minutes in words, without am or pm: "half past two", "two thirty". */
  readonly inWords?: boolean;
}

/** How far from now a one-shot is. Days and longer units are calendar steps; shorter ones are real time. */
export interface Distance {
  readonly minutes: number;
  readonly days: number;
  readonly months: number;
}

/** What the clauses of a phrase say, before their meaning is decided. Null: not mentioned. */
export interface Draft {
  /** How messages about this phrase write times. */
  readonly clock: ClockStyle;
  rate: { readonly unit: 'minute' | 'hour'; readonly every: number } | null;
  /** Minutes past the hour: "at :15". */
  pastMinutes: readonly number[] | null;
  period: 'day' | 'week' | 'month' | 'quarter' | 'year' | null;
  /** "every 2 months" */
  monthStep: number | null;
  /** "every other week", "every 3 days": only every nth period. */
  phase: { readonly count: number; readonly unit: 'day' | 'week' | 'month' } | null;
  /** The words of the date from which periods or an interval are counted: "counted from 4 december 2026". */
  countedFrom: string | null;
  /** The words of the first day, and of the last: "from 1 december", "until friday". */
  starts: string | null;
  ends: string | null;
  weekdays: readonly number[] | null;
  nth: readonly NthWeekday[] | null;
  monthDays: readonly number[] | null;
  lastDay: boolean;
  /** "end of the month", "start of the year": more often one day than one of each. */
  edge: boolean;
  /** "last working day", "working day nearest the 15th", "second to last day". */
  exact: Partial<Pick<ExactDays, 'workdays' | 'nearest' | 'fromEnd'>> | null;
  /** "if it is a friday": days of the month count only on these weekdays. */
  ifWeekdays: readonly number[] | null;
  /** "of the quarter", "of the year": the period in which a day is counted. */
  countedIn: 'month' | 'quarter' | 'year' | null;
  months: readonly number[] | null;
  exceptWeekdays: readonly number[];
  exceptMonthDays: readonly number[];
  exceptMonths: readonly number[];
  times: readonly SaidTime[] | null;
  window: { readonly from: SaidTime; readonly to: SaidTime } | null;
  partOfDay: PartOfDay | null;
  /** "twice a day": how many times must be named. */
  count: { readonly times: number; readonly per: string } | null;
  zone: string | null;
  /** True when the phrase repeats: every, each, daily, mondays. */
  recurring: boolean;
  distance: Distance | null;
  /** The words of a one-shot's date, for chrono: "next monday", "3 december 2026". */
  date: string | null;
  /** Sentences shown to the person. */
  readonly warnings: string[];
}

export const emptyDraft = (clock: ClockStyle): Draft => ({
  clock,
  rate: null,
  pastMinutes: null,
  period: null,
  monthStep: null,
  phase: null,
  countedFrom: null,
  starts: null,
  ends: null,
  weekdays: null,
  nth: null,
  monthDays: null,
  lastDay: false,
  edge: false,
  exact: null,
  ifWeekdays: null,
  countedIn: null,
  months: null,
  exceptWeekdays: [],
  exceptMonthDays: [],
  exceptMonths: [],
  times: null,
  window: null,
  partOfDay: null,
  count: null,
  zone: null,
  recurring: false,
  distance: null,
  date: null,
  warnings: [],
});
