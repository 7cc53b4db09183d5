import type { Calendar, CalendarDay } from '../contract/calendars.ts';

/** The days that were last read for a calendar. */
export interface KnownDays {
  /** The calendar for which they were read, as JSON. With another definition they do not count. */
  readonly calendar: string;
  readonly days: readonly CalendarDay[];
  /** The last date for which the days are known; null before the first successful reading. */
  readonly until: string | null;
  /** ISO instants of the last success and the last attempt. */
  readonly readAt: string | null;
  readonly triedAt: string;
  /** Why the last attempt failed; null if it succeeded. */
  readonly problem: string | null;
}

/** Days of calendars that had to be computed or fetched, kept for every process of the data directory. */
export interface CalendarMemory {
  /** Returns the known days by the name of the calendar. @throws SchedulerError `store/calendars-unreadable`. */
  read(): Readonly<Record<string, KnownDays>>;
  /** Never overwrites a file that cannot be read. @throws SchedulerError `store/…`. */
  update(change: (known: Readonly<Record<string, KnownDays>>) => Record<string, KnownDays>): void;
}

export interface CountryChoice {
  readonly code: string;
  readonly name: string;
}

/** Where the days of calendars come from. */
export interface CalendarSources {
  /**
   * Returns the days from `fromYear` to `toYear`, both included.
   * @throws SchedulerError `calendar/…` with the reason, for people.
   */
  days(calendar: Calendar, fromYear: number, toYear: number): Promise<CalendarDay[]>;
  /** Returns the countries, or the regions of one, for which holidays are known. */
  choices(country?: string): Promise<CountryChoice[]>;
}
