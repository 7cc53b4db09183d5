/** One event, as any calendar shows it. */
export interface WrittenEvent {
  /** Unique, and the same each time the event is written. */
  readonly uid: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly summary: string;
  readonly description: string;
  readonly categories: readonly string[];
}

interface WrittenCalendar {
  readonly name: string;
  /** Empty for none. */
  readonly description: string;
  /** When it was written, in ms since 1970. */
  readonly atMs: number;
  readonly events: readonly WrittenEvent[];
}

/** Writes calendars in iCalendar's format (RFC 5545). */
export interface CalendarWriter {
  /** Pure. Instants are in UTC, and an event does not make its time busy. */
  text(calendar: WrittenCalendar): string;
}
